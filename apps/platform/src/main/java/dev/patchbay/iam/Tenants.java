package dev.patchbay.iam;

import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The agencies. */
@Component
public class Tenants {

    private final Tenancy tenancy;
    private final JdbcClient jdbc;

    Tenants(Tenancy tenancy, JdbcClient jdbc) {
        this.tenancy = tenancy;
        this.jdbc = jdbc;
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
