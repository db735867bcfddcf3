package dev.patchbay.connections.internal;

import dev.patchbay.connections.TenantKeys;
import dev.patchbay.kernel.ChangeAudit;
import dev.patchbay.kernel.PeriodicTask;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Looks after keys, in every process: takes a changed key-encryption key from its file and wraps the tenants' keys with
 * it; gives a tenant a new data key when asked.
 */
@Component
final class KeyRotation extends PeriodicTask implements TenantKeys {

    private final Vault vault;
    private final Tenancy tenancy;
    private final JdbcClient jdbc;
    private final ChangeAudit audit;
    private final ConnectionSettings settings;

    KeyRotation(Vault vault, Tenancy tenancy, JdbcClient jdbc, ChangeAudit audit, ConnectionSettings settings) {
        super("keys", settings.connections().keysEvery(), true);
        this.vault = vault;
        this.tenancy = tenancy;
        this.jdbc = jdbc;
        this.audit = audit;
        this.settings = settings;
    }

    @Override
    protected void once() {
        int present = vault.reload();
        tenancy.throughDoor(() -> jdbc.sql("SELECT tenant_id FROM patchbay.tenants_to_rewrap(:kek)")
                        .param("kek", present)
                        .query((row, number) -> new TenantId(row.getString("tenant_id")))
                        .list())
                .forEach(tenant -> tenancy.inTenant(tenant, () -> vault.rewrap(tenant)));
    }

    /** In one transaction: whoever reads meanwhile sees the old key with what it sealed, or the new one with that. */
    @Override
    public void rotate(TenantId tenant, String actor) {
        tenancy.inTenant(tenant, () -> {
            Vault.DataKey before = vault.of(tenant);
            Vault.DataKey after = vault.rotate(tenant, isOld(tenant));
            record Rest(String connectionId, String name, byte[] sealed) {}
            // Always in this order, as everybody who writes several: two that wait for each other would both fail.
            jdbc.sql("""
                            SELECT connection_id, name, sealed FROM patchbay.secret
                            WHERE tenant_id = :tenant ORDER BY connection_id, name FOR UPDATE""")
                    .param("tenant", tenant.value())
                    .query((row, number) ->
                            new Rest(row.getString("connection_id"), row.getString("name"), row.getBytes("sealed")))
                    .list()
                    .forEach(rest -> jdbc.sql("""
                            UPDATE patchbay.secret SET sealed = :sealed
                            WHERE tenant_id = :tenant AND connection_id = :connection AND name = :name""")
                            .param("tenant", tenant.value())
                            .param("connection", rest.connectionId())
                            .param("name", rest.name())
                            .param(
                                    "sealed",
                                    after.seal(
                                            rest.connectionId(),
                                            rest.name(),
                                            before.open(rest.connectionId(), rest.name(), rest.sealed())))
                            .update());
            audit.changed(TenantScope.of(tenant), actor, "tenant_key.rotated", "tenant_key", null, null);
        });
    }

    /** Whether what was sealed before the last rotation is so old that retention has taken it. */
    private boolean isOld(TenantId tenant) {
        return jdbc.sql("""
                        SELECT rotated_at < clock_timestamp() - :keep * interval '1 second' FROM patchbay.tenant_key
                        WHERE tenant_id = :tenant""")
                .param("keep", settings.connections().keepKeys().toSeconds())
                .param("tenant", tenant.value())
                .query(Boolean.class)
                .single();
    }
}
