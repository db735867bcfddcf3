package dev.patchbay.iam.tenants;

import dev.patchbay.iam.access.RoleAssignments;
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

    /** What it calls itself. */
    public String name(TenantId id) {
        return tenancy.inTenant(
                id,
                () -> jdbc.sql("SELECT name FROM patchbay.tenant WHERE tenant_id = :tenant")
                        .param("tenant", id.value())
                        .query(String.class)
                        .single());
    }

    /** Creates the tenant unless it is there, and says so in its own trail. */
    public void found(TenantId id, String actor, String name) {
        tenancy.inTenant(id, () -> {
            int made = jdbc.sql("""
                            INSERT INTO patchbay.tenant (tenant_id, name) VALUES (:tenant, :name)
                            ON CONFLICT (tenant_id) DO NOTHING""")
                    .param("tenant", id.value())
                    .param("name", name)
                    .update();
            if (made == 1) {
                audit.recordChange(TenantScope.of(id), actor, "tenant.created", "tenant/" + id, null, name);
            }
        });
    }

    /** Says in the platform's own trail that one of its people makes an agency. */
    public void announce(TenantId id, String actor, String name) {
        tenancy.inTenant(
                RoleAssignments.PLATFORM,
                () -> audit.recordChange(
                        TenantScope.of(RoleAssignments.PLATFORM), actor, "tenant.created", "tenant/" + id, null, name));
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
