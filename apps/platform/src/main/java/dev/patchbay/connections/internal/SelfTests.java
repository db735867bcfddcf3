package dev.patchbay.connections.internal;

import dev.patchbay.connections.Account;
import dev.patchbay.connections.ConnectionState;
import dev.patchbay.connections.ConnectionUnavailable;
import dev.patchbay.connections.ConnectionUnusable;
import dev.patchbay.connections.Ingress;
import dev.patchbay.connections.internal.HealthRows.Tried;
import dev.patchbay.connections.spi.Finding;
import dev.patchbay.kernel.Recurring;
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
final class SelfTests extends Recurring {

    /** A round takes no more than this: a crowd that is due at once is tried a few at a time. */
    private static final int A_ROUND = 20;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm").withZone(ZoneOffset.UTC);

    private final Tenancy tenancy;
    private final ConnectionRows rows;
    private final HealthRows health;
    private final Refresh refresh;
    private final Providers providers;
    private final StoredConnections connections;
    private final Duration every;
    private final Clock clock;

    SelfTests(
            Settings settings,
            ConnectionSettings connectionSettings,
            Tenancy tenancy,
            ConnectionRows rows,
            HealthRows health,
            Refresh refresh,
            Providers providers,
            StoredConnections connections,
            Clock clock) {
        super(
                "connection tests",
                connectionSettings.connections().lookEvery(),
                settings.roles().contains("worker"));
        this.every = connectionSettings.connections().testEvery();
        this.tenancy = tenancy;
        this.rows = rows;
        this.health = health;
        this.refresh = refresh;
        this.providers = providers;
        this.connections = connections;
        this.clock = clock;
    }

    @Override
    protected void once() {
        for (Ingress due : tenancy.throughDoor(() -> health.claim(A_ROUND, every))) {
            test(due.tenant(), due.connectionId());
        }
    }

    /** Tries the connection now, if there is anything to try. */
    void test(TenantId tenant, String connectionId) {
        Tried tried = tenancy.inTenant(tenant, () -> health.begin(tenant, connectionId, every));
        if (tried.state() == ConnectionState.NEEDS_SECRET
                || tried.state() == ConnectionState.DISCONNECTED
                || !providers.knows(tried.account().provider())) {
            return;
        }
        Finding finding = isApp(tried.account()) ? new Finding.Well() : find(tried.account());
        tenancy.inTenant(tenant, () -> record(tried, finding));
        connections.forget();
    }

    /** An app only takes webhooks in: there is nothing to try. */
    private static boolean isApp(Account account) {
        return Entries.isApp(account.provider(), account.settings());
    }

    private Finding find(Account account) {
        try {
            if (!refresh.speaksOAuth(account)) {
                return probe(account);
            }
            Account ready = refresh.renew(account.tenant(), account.connectionId(), connections::endsSoon);
            Finding finding = probe(ready);
            // A token may end early; only a fresh one that is refused says anything about the grant.
            return finding instanceof Finding.Refused
                    ? probe(refresh.renew(
                            account.tenant(),
                            account.connectionId(),
                            stored -> ready.secret(ConnectionRows.ACCESS_TOKEN)
                                    .equals(stored.account().secret(ConnectionRows.ACCESS_TOKEN))))
                    : finding;
        } catch (ConnectionUnusable unusable) {
            return new Finding.Refused(String.valueOf(unusable.getMessage()));
        } catch (NoSuchElementException missing) {
            return new Finding.Refused("A secret is missing: " + missing.getMessage() + "; enter it.");
        } catch (ConnectionUnavailable unavailable) {
            return new Finding.Away(String.valueOf(unavailable.getMessage()));
        }
    }

    private Finding probe(Account account) {
        return providers.probe(account.provider()).probe(account);
    }

    private void record(Tried tried, Finding finding) {
        TenantId tenant = tried.account().tenant();
        String id = tried.account().connectionId();
        switch (finding) {
            case Finding.Well well ->
                health.tested(tried, null, () -> rows.move(tenant, id, ConnectionState.READY, null));
            case Finding.Refused refused ->
                health.tested(tried, null, () -> rows.move(tenant, id, ConnectionState.UNHEALTHY, refused.sentence()));
            case Finding.Away away ->
                health.tested(
                        tried,
                        "%s Asked at %s UTC; trying again within %d minutes."
                                .formatted(away.sentence(), TIME.format(clock.instant()), every.toMinutes() + 1),
                        () -> {});
        }
    }
}
