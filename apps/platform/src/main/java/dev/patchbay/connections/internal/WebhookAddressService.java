package dev.patchbay.connections.internal;

import dev.patchbay.connections.WebhookAddresses;
import dev.patchbay.kernel.ChangeAudit;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.Secret;
import dev.patchbay.kernel.Settings;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import java.net.URI;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Where people see and move webhook addresses; the digest of a key finds it, the sealed key shows it. */
@Component
final class WebhookAddressService implements WebhookAddresses {

    private final Tenancy tenancy;
    private final JdbcClient jdbc;
    private final ConnectionRepository rows;
    private final ConnectionViewRepository views;
    private final ConnectionService connections;
    private final ChangeAudit audit;
    private final Settings settings;

    WebhookAddressService(
            Tenancy tenancy,
            JdbcClient jdbc,
            ConnectionRepository rows,
            ConnectionViewRepository views,
            ConnectionService connections,
            ChangeAudit audit,
            Settings settings) {
        this.tenancy = tenancy;
        this.jdbc = jdbc;
        this.rows = rows;
        this.views = views;
        this.connections = connections;
        this.audit = audit;
        this.settings = settings;
    }

    @Override
    public WebhookAddress get(TenantId tenant, String connectionId) {
        return tenancy.inTenant(tenant, () -> read(tenant, connectionId));
    }

    @Override
    public WebhookAddress move(TenantId tenant, String actor, String connectionId) {
        return change(tenant, actor, "connection.address_moved", connectionId, () -> {
            String key = Secret.next();
            jdbc.sql("""
                            UPDATE patchbay.connection
                            SET previous_ingress_key_hash = ingress_key_hash, ingress_key_hash = :hash
                            WHERE tenant_id = :tenant AND connection_id = :connection""")
                    .param("hash", ConnectionRepository.hash(key))
                    .param("tenant", tenant.value())
                    .param("connection", connectionId)
                    .update();
            rows.putSecret(tenant, connectionId, ConnectionRepository.INGRESS_KEY, key, null);
        });
    }

    @Override
    public WebhookAddress retirePrevious(TenantId tenant, String actor, String connectionId) {
        return change(
                tenant,
                actor,
                "connection.address_retired",
                connectionId,
                () -> jdbc.sql("""
                                UPDATE patchbay.connection SET previous_ingress_key_hash = NULL
                                WHERE tenant_id = :tenant AND connection_id = :connection""")
                        .param("tenant", tenant.value())
                        .param("connection", connectionId)
                        .update());
    }

    private WebhookAddress change(
            TenantId tenant, String actor, String action, String connectionId, Runnable statements) {
        WebhookAddress moved = tenancy.inTenant(tenant, () -> {
            rows.lock(tenant, views.get(tenant, connectionId).id());
            WebhookAddress before = read(tenant, connectionId);
            statements.run();
            WebhookAddress after = read(tenant, connectionId);
            audit.changed(TenantScope.of(tenant), actor, action, "connection/" + connectionId, before, after);
            return after;
        });
        connections.forget();
        return moved;
    }

    private WebhookAddress read(TenantId tenant, String connectionId) {
        String provider = views.get(tenant, connectionId).provider();
        String key = rows.secret(tenant, connectionId, ConnectionRepository.INGRESS_KEY)
                .orElseThrow(() -> new Problem(
                        ProblemType.NOT_FOUND,
                        provider + " sends no webhooks to the connection " + connectionId + "."));
        boolean previous = jdbc.sql("""
                        SELECT previous_ingress_key_hash IS NOT NULL FROM patchbay.connection
                        WHERE tenant_id = :tenant AND connection_id = :connection""")
                .param("tenant", tenant.value())
                .param("connection", connectionId)
                .query(Boolean.class)
                .single();
        return new WebhookAddress(URI.create(settings.publicUrl() + "/ingress/" + provider + "/" + key), previous);
    }
}
