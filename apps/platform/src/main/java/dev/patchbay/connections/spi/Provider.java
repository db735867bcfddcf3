package dev.patchbay.connections.spi;

import java.net.URI;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * What there is to know about accounts at a provider. What its settings may hold is declared in
 * {@code contracts/connections/<name>.settings.schema.json}, those of a binding in
 * {@code contracts/connections/<name>.<port>.schema.json}.
 *
 * @param name as in a connection's {@code provider}
 * @param title as people write it
 * @param baseUrl where its API is, without a trailing slash
 * @param secrets without which nothing works
 * @param ports what it can serve a client with, for example {@code crm}
 * @param sendsWebhooks whether a connection has a webhook address
 * @param defaults settings that belong to the base address
 */
public record Provider(
        String name,
        String title,
        URI baseUrl,
        Set<String> secrets,
        Set<String> ports,
        boolean sendsWebhooks,
        ObjectNode defaults) {}
