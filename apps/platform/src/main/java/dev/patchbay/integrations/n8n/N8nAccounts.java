package dev.patchbay.integrations.n8n;

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

/** Checks accounts at n8n by their API key (n8n public API, "Authentication"). Each agency runs n8n at an address of its own. */
@Component
class N8nAccounts implements Probe {

    private static final Provider N8N = new Provider(
            "n8n", "n8n", URI.create("https://n8n.invalid"), Set.of("api_key"), Set.of(), false, Json.object());

    private final OutgoingHttp http;

    N8nAccounts(OutgoingHttp http) {
        this.http = http;
    }

    @Override
    public Provider provider() {
        return N8N;
    }

    @Override
    public HealthCheckResult probe(Account account) {
        var call = HttpCall.get("n8n/workflows.list", URI.create(account.baseUrl() + "/api/v1/workflows?limit=1"))
                .withHeader("X-N8N-API-KEY", account.secret("api_key"));
        return HealthCheckResult.of(http.send(call), N8N.title(), "the API key");
    }
}
