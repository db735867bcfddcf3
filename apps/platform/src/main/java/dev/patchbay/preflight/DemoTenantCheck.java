package dev.patchbay.preflight;

import dev.patchbay.iam.tenants.Clients;
import dev.patchbay.kernel.Environment;
import dev.patchbay.kernel.Settings;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import java.util.List;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;

/**
 * Refuses prod on a database that holds the demo tenant, since its token is in a file and its connections lead to the sandbox. Runs after the
 * migrations and before the web server listens.
 */
@Component
final class DemoTenantCheck implements SmartInitializingSingleton {

    private static final TenantId DEMO = new TenantId("tnt_demo");

    private final Settings settings;
    private final Clients clients;

    DemoTenantCheck(Settings settings, Clients clients) {
        this.settings = settings;
        this.clients = clients;
    }

    @Override
    public void afterSingletonsInstantiated() {
        if (settings.environment() == Environment.PROD
                && !clients.list(TenantScope.of(DEMO), 1, "").isEmpty()) {
            throw new UnsafeProdConfiguration(
                    List.of("Name another database in PATCHBAY_DB_URL: this one holds the demo tenant (tnt_demo)"
                            + " with a development token and connections to the sandbox."));
        }
    }
}
