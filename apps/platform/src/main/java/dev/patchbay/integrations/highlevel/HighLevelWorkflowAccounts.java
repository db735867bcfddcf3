package dev.patchbay.integrations.highlevel;

import dev.patchbay.connections.Account;
import dev.patchbay.connections.spi.HealthCheckResult;
import dev.patchbay.connections.spi.Probe;
import dev.patchbay.connections.spi.Provider;
import dev.patchbay.kernel.Json;
import java.net.URI;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Connections that receive the webhooks of HighLevel's workflows. HighLevel does not sign those, so they have an address of their
 * own and a secret that the workflow sends along. There is nothing to ask, so a connection is always healthy.
 */
@Component
class HighLevelWorkflowAccounts implements Probe {

    static final String NAME = "highlevel-workflow";

    /** The secret's name. */
    static final String SECRET = "webhook_secret";

    private static final Provider PROVIDER = new Provider(
            NAME,
            "HighLevel workflows",
            URI.create("https://services.leadconnectorhq.com"),
            Set.of(SECRET),
            Set.of(),
            true,
            Json.object());

    HighLevelWorkflowAccounts() {}

    @Override
    public Provider provider() {
        return PROVIDER;
    }

    @Override
    public HealthCheckResult probe(Account account) {
        return new HealthCheckResult.Healthy();
    }
}
