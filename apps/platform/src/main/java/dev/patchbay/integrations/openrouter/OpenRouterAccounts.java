package dev.patchbay.integrations.openrouter;

import dev.patchbay.connections.Account;
import dev.patchbay.connections.http.HttpCall;
import dev.patchbay.connections.http.OutgoingHttp;
import dev.patchbay.connections.spi.HealthCheckResult;
import dev.patchbay.connections.spi.Probe;
import dev.patchbay.connections.spi.Provider;
import dev.patchbay.kernel.Json;
import java.net.URI;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Checks accounts at OpenRouter by their API key (OpenRouter API, "Get current API key"). */
@Component
class OpenRouterAccounts implements Probe {

    private static final Provider OPENROUTER = new Provider(
            "openrouter",
            "OpenRouter",
            URI.create("https://openrouter.ai"),
            Set.of("api_key"),
            Set.of(),
            false,
            Json.object());

    private final OutgoingHttp http;

    OpenRouterAccounts(OutgoingHttp http) {
        this.http = http;
    }

    @Override
    public Provider provider() {
        return OPENROUTER;
    }

    @Override
    public HealthCheckResult probe(Account account) {
        var call = HttpCall.get("openrouter/key.get", URI.create(account.baseUrl() + "/api/v1/key"))
                .withHeader("Authorization", "Bearer " + account.secret("api_key"));
        return HealthCheckResult.of(http.send(call), OPENROUTER.title(), "the API key");
    }
}
