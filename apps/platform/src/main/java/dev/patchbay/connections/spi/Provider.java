package dev.patchbay.connections.spi;

import java.net.URI;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * Describes a provider and its accounts. JSON Schemas declare the settings of a connection
 * ({@code contracts/connections/<name>.settings.schema.json}) and of a binding
 * ({@code contracts/connections/<name>.<port>.schema.json}).
 *
 * @param name as in a connection's {@code provider}
 * @param title display name
 * @param baseUrl of its API, without a trailing slash
 * @param secrets names of the secrets that a connection requires
 * @param ports that it can serve, for example {@code crm}
 * @param sendsWebhooks whether a connection has a webhook address
 * @param defaults settings that apply at its own base address
 */
public record Provider(
        String name,
        String title,
        URI baseUrl,
        Set<String> secrets,
        Set<String> ports,
        boolean sendsWebhooks,
        ObjectNode defaults) {}
