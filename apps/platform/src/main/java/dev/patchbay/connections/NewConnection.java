package dev.patchbay.connections;

import dev.patchbay.kernel.ConnectionId;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * An account at a provider, as it is registered.
 *
 * @param id registering the same id again changes that connection
 * @param name its display name
 * @param baseUrl of the provider's API, without a trailing slash
 * @param settings everything that is not secret
 * @param secrets sealed before they are stored. A secret that is already stored stays, for it may have been refreshed
 * @param ingressKey the random part of its webhook address, where the provider sends webhooks
 */
public record NewConnection(
        ConnectionId id,
        String provider,
        String name,
        URI baseUrl,
        JsonNode settings,
        Map<String, String> secrets,
        Optional<String> ingressKey) {

    @Override
    public String toString() {
        return "NewConnection[" + provider + " " + id + "]";
    }
}
