package dev.patchbay.connections;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * An account at a provider, as it is registered.
 *
 * @param id chosen by whoever registers it; registering the same id again changes what is there
 * @param name what people call it
 * @param baseUrl where the provider listens, without a trailing slash
 * @param settings what is not secret
 * @param secrets what is: sealed before it is stored. One that is already stored stays, for it may have been renewed
 * @param ingressKey the random part of its webhook address, where it sends webhooks
 */
public record NewConnection(
        String id,
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
