package dev.patchbay.iam;

import dev.patchbay.kernel.ChangeAudit;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The agencies. */
@Component
public class Tenants {

    private final Tenancy tenancy;
    private final JdbcClient jdbc;
    private final ChangeAudit audit;

    Tenants(Tenancy tenancy, JdbcClient jdbc, ChangeAudit audit) {
        this.tenancy = tenancy;
        this.jdbc = jdbc;
        this.audit = audit;
    }

    /** Creates a new tenant, and says so in its own trail. */
    public void found(TenantId id, String actor, String name) {
        tenancy.inTenant(id, () -> {
            create(id, name);
            audit.changed(TenantScope.of(id), actor, "tenant.created", "tenant/" + id, null, name);
        });
    }

    /** Creates the tenant, or renames it when it is there. */
    public void create(TenantId id, String name) {
        tenancy.inTenant(id, () -> {
            jdbc.sql("""
                            INSERT INTO patchbay.tenant (tenant_id, name) VALUES (:tenant, :name)
                            ON CONFLICT (tenant_id) DO UPDATE SET name = excluded.name""").param("tenant", id.value()).param("name", name).update();
        });
    }
}
