package dev.patchbay.connections.internal;

import dev.patchbay.connections.Account;
import dev.patchbay.connections.ConnectionState;
import dev.patchbay.connections.ProviderUnreachable;
import dev.patchbay.connections.ReconnectRequired;
import dev.patchbay.connections.WebhookEndpoint;
import dev.patchbay.connections.internal.HealthCheckRepository.HealthCheck;
import dev.patchbay.connections.spi.HealthCheckResult;
import dev.patchbay.kernel.PeriodicTask;
import dev.patchbay.kernel.Settings;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.NoSuchElementException;
import org.springframework.stereotype.Component;

/**
 * Tries connections again and again by a harmless call. A provider that does not answer leaves a connection as it is; only
 * one that refuses us makes it unhealthy, and one that lets us in makes it ready again.
 */
@Component
final class HealthChecks extends PeriodicTask {

    /** A round takes no more than this: a crowd that is due at once is tried a few at a time. */
    private static final int A_ROUND = 20;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm").withZone(ZoneOffset.UTC);

    private final Tenancy tenancy;
    private final ConnectionRepository rows;
    private final HealthCheckRepository health;
    private final TokenRefresh tokenRefresh;
    private final ProviderRegistry providerRegistry;
    private final ConnectionService connections;
    private final Duration every;
    private final Clock clock;

    HealthChecks(
            Settings settings,
            ConnectionSettings connectionSettings,
            Tenancy tenancy,
            ConnectionRepository rows,
            HealthCheckRepository health,
            TokenRefresh tokenRefresh,
            ProviderRegistry providerRegistry,
            ConnectionService connections,
            Clock clock) {
        super(
                "connection tests",
                connectionSettings.connections().lookEvery(),
                settings.roles().contains("worker"));
        this.every = connectionSettings.connections().testEvery();
        this.tenancy = tenancy;
        this.rows = rows;
        this.health = health;
        this.tokenRefresh = tokenRefresh;
        this.providerRegistry = providerRegistry;
        this.connections = connections;
        this.clock = clock;
    }

    @Override
    protected void once() {
        for (WebhookEndpoint due : tenancy.throughDoor(() -> health.claim(A_ROUND, every))) {
            test(due.tenant(), due.connectionId());
        }
    }

    /** Tries the connection now, if there is anything to try. */
    void test(TenantId tenant, String connectionId) {
        HealthCheck healthCheck = tenancy.inTenant(tenant, () -> health.begin(tenant, connectionId, every));
        if (healthCheck.state() == ConnectionState.NEEDS_SECRET
                || healthCheck.state() == ConnectionState.DISCONNECTED
                || !providerRegistry.knows(healthCheck.account().provider())) {
            return;
        }
        HealthCheckResult healthCheckResult =
                isApp(healthCheck.account()) ? new HealthCheckResult.Healthy() : find(healthCheck.account());
        tenancy.inTenant(tenant, () -> record(healthCheck, healthCheckResult));
        connections.forget();
    }

    /** An app only takes webhooks in: there is nothing to try. */
    private static boolean isApp(Account account) {
        return ConnectionValidator.isApp(account.provider(), account.settings());
    }

    private HealthCheckResult find(Account account) {
        try {
            if (!tokenRefresh.speaksOAuth(account)) {
                return probe(account);
            }
            Account ready = tokenRefresh.renew(account.tenant(), account.connectionId(), connections::endsSoon);
            HealthCheckResult healthCheckResult = probe(ready);
            // A token may end early; only a fresh one that is refused says anything about the grant.
            return healthCheckResult instanceof HealthCheckResult.Rejected
                    ? probe(tokenRefresh.renew(
                            account.tenant(),
                            account.connectionId(),
                            stored -> ready.secret(ConnectionRepository.ACCESS_TOKEN)
                                    .equals(stored.account().secret(ConnectionRepository.ACCESS_TOKEN))))
                    : healthCheckResult;
        } catch (ReconnectRequired unusable) {
            return new HealthCheckResult.Rejected(String.valueOf(unusable.getMessage()));
        } catch (NoSuchElementException missing) {
            return new HealthCheckResult.Rejected("A secret is missing: " + missing.getMessage() + "; enter it.");
        } catch (ProviderUnreachable unavailable) {
            return new HealthCheckResult.Unreachable(String.valueOf(unavailable.getMessage()));
        }
    }

    private HealthCheckResult probe(Account account) {
        return providerRegistry.probe(account.provider()).probe(account);
    }

    private void record(HealthCheck healthCheck, HealthCheckResult healthCheckResult) {
        TenantId tenant = healthCheck.account().tenant();
        String id = healthCheck.account().connectionId();
        switch (healthCheckResult) {
            case HealthCheckResult.Healthy healthy ->
                health.tested(healthCheck, null, () -> rows.move(tenant, id, ConnectionState.READY, null));
            case HealthCheckResult.Rejected rejected ->
                health.tested(healthCheck, null, () -> rows.move(tenant, id, ConnectionState.UNHEALTHY, rejected.sentence()));
            case HealthCheckResult.Unreachable unreachable ->
                health.tested(
                        healthCheck,
                        "%s Asked at %s UTC; trying again within %d minutes."
                                .formatted(unreachable.sentence(), TIME.format(clock.instant()), every.toMinutes() + 1),
                        () -> {});
        }
    }
}
