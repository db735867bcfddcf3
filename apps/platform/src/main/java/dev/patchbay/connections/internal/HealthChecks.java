package dev.patchbay.connections.internal;

import dev.patchbay.connections.Account;
import dev.patchbay.connections.ConnectionState;
import dev.patchbay.connections.ProviderUnreachable;
import dev.patchbay.connections.ReconnectRequired;
import dev.patchbay.connections.WebhookEndpoint;
import dev.patchbay.connections.spi.HealthCheckResult;
import dev.patchbay.connections.spi.HealthCheckResult.Healthy;
import dev.patchbay.connections.spi.HealthCheckResult.Rejected;
import dev.patchbay.connections.spi.HealthCheckResult.Unreachable;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.PeriodicTask;
import dev.patchbay.kernel.Settings;
import dev.patchbay.kernel.TenantContext;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Checks connections on request and periodically, each by one harmless call. A rejection makes a connection unhealthy, and an
 * accepted call makes it ready again; an unreachable provider changes no state.
 */
@Component
final class HealthChecks extends PeriodicTask {

    /** One claim takes at most this many checks, so that many due ones spread over the workers. */
    private static final int MAX_CLAIMED = 20;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm").withZone(ZoneOffset.UTC);

    private final Tenancy tenancy;
    private final ConnectionRepository connectionRepository;
    private final HealthCheckRepository healthChecks;
    private final TokenRefresh tokenRefresh;
    private final ProviderRegistry providers;
    private final ConnectionService connections;
    private final OutageRegistry outages;
    private final Duration interval;
    private final Clock clock;

    HealthChecks(
            Settings settings,
            ConnectionSettings connectionSettings,
            Tenancy tenancy,
            ConnectionRepository connectionRepository,
            HealthCheckRepository healthChecks,
            TokenRefresh tokenRefresh,
            ProviderRegistry providers,
            ConnectionService connections,
            OutageRegistry outages,
            Clock clock) {
        super(
                "connection health checks",
                connectionSettings.connections().healthCheckPollInterval(),
                settings.roles().contains("worker"));
        this.interval = connectionSettings.connections().healthCheckInterval();
        this.tenancy = tenancy;
        this.connectionRepository = connectionRepository;
        this.healthChecks = healthChecks;
        this.tokenRefresh = tokenRefresh;
        this.providers = providers;
        this.connections = connections;
        this.outages = outages;
        this.clock = clock;
    }

    @Override
    protected void runOnce() {
        for (WebhookEndpoint due : tenancy.throughDefinerFunction(() -> healthChecks.claimDue(MAX_CLAIMED, interval))) {
            // An outage has self-tests of its own, at its own pace.
            if (!outages.isAway(due.tenant(), due.connectionId())) {
                check(due.tenant(), due.connectionId());
            }
        }
    }

    /**
     * Checks the connection now.
     *
     * @return empty when it has no credentials or its provider is unknown here, so that it was not checked
     */
    Optional<HealthCheckResult> check(TenantId tenant, ConnectionId connectionId) {
        try (var _ = TenantContext.open(tenant)) {
            return checkInContext(tenant, connectionId);
        }
    }

    private Optional<HealthCheckResult> checkInContext(TenantId tenant, ConnectionId connectionId) {
        HealthCheck check = tenancy.inTenant(tenant, () -> healthChecks.start(tenant, connectionId, interval));
        if (check.state() == ConnectionState.NEEDS_SECRET
                || check.state() == ConnectionState.DISCONNECTED
                || !providers.isRegistered(check.account().provider())) {
            return Optional.empty();
        }
        // An app's connection only receives webhooks, so it has no credentials to check.
        HealthCheckResult result = isAppConnection(check.account()) ? new Healthy() : run(check.account());
        tenancy.inTenant(tenant, () -> record(check, result));
        connections.invalidateCaches();
        return Optional.of(result);
    }

    private static boolean isAppConnection(Account account) {
        return ConnectionValidator.isAppConnection(account.provider(), account.settings());
    }

    private HealthCheckResult run(Account account) {
        try {
            if (!tokenRefresh.speaksOAuth(account)) {
                return probe(account);
            }
            Account ready =
                    tokenRefresh.refreshIf(account.tenant(), account.connectionId(), connections::tokenExpiresSoon);
            HealthCheckResult result = probe(ready);
            // A provider may end an access token early. Only the rejection of a fresh token says something about the
            // grant.
            return result instanceof Rejected
                    ? probe(tokenRefresh.refreshIf(
                            account.tenant(),
                            account.connectionId(),
                            stored -> ready.secret(SecretNames.ACCESS_TOKEN)
                                    .equals(stored.account().secret(SecretNames.ACCESS_TOKEN))))
                    : result;
        } catch (ReconnectRequired required) {
            return new Rejected(String.valueOf(required.getMessage()));
        } catch (NoSuchElementException missing) {
            return new Rejected("A secret is missing: " + missing.getMessage() + "; enter it.");
        } catch (ProviderUnreachable unreachable) {
            return new Unreachable(String.valueOf(unreachable.getMessage()));
        }
    }

    private HealthCheckResult probe(Account account) {
        return providers.getProbe(account.provider()).probe(account);
    }

    private void record(HealthCheck check, HealthCheckResult result) {
        TenantId tenant = check.account().tenant();
        ConnectionId id = check.account().connectionId();
        switch (result) {
            case Healthy healthy -> {
                if (healthChecks.recordRun(check, null)) {
                    connectionRepository.changeState(tenant, id, ConnectionState.READY);
                }
            }
            case Rejected rejected -> {
                if (healthChecks.recordRun(check, null)) {
                    connectionRepository.changeState(tenant, id, ConnectionState.UNHEALTHY, rejected.sentence());
                }
            }
            case Unreachable unreachable ->
                healthChecks.recordRun(
                        check,
                        "%s Asked at %s UTC; trying again within %d minutes."
                                .formatted(
                                        unreachable.sentence(),
                                        TIME.format(clock.instant()),
                                        interval.toMinutes() + 1));
        }
    }
}
