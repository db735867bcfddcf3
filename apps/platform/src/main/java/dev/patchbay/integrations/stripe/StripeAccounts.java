package dev.patchbay.integrations.stripe;

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

/** Checks Stripe accounts by their API key (Stripe API, "Retrieve balance"); a second secret signs the webhooks. */
@Component
class StripeAccounts implements Probe {

    private static final Provider STRIPE = new Provider(
            "stripe",
            "Stripe",
            URI.create("https://api.stripe.com"),
            Set.of("api_key", "webhook_secret"),
            Set.of(),
            true,
            Json.object());

    private final OutgoingHttp http;

    StripeAccounts(OutgoingHttp http) {
        this.http = http;
    }

    @Override
    public Provider provider() {
        return STRIPE;
    }

    @Override
    public HealthCheckResult probe(Account account) {
        var call = HttpCall.get("stripe/balance.get", URI.create(account.baseUrl() + "/v1/balance"))
                .withHeader("Authorization", "Bearer " + account.secret("api_key"));
        return HealthCheckResult.of(http.send(call), STRIPE.title(), "the API key");
    }
}
