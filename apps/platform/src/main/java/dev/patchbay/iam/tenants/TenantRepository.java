package dev.patchbay.iam.tenants;

import dev.patchbay.kernel.TenantId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads and writes a tenant's own row, within its transaction. */
@Component
class TenantRepository {

    private final JdbcClient jdbc;

    TenantRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    String findName(TenantId id) {
        return jdbc.sql("SELECT name FROM patchbay.tenant WHERE tenant_id = :tenant")
                .param("tenant", id.value())
                .query(String.class)
                .single();
    }

    /** False when the tenant exists. */
    boolean insertIfAbsent(TenantId id, String name) {
        return jdbc.sql("""
                        INSERT INTO patchbay.tenant (tenant_id, name) VALUES (:tenant, :name)
                        ON CONFLICT (tenant_id) DO NOTHING""").param("tenant", id.value()).param("name", name).update() == 1;
    }

    void save(TenantId id, String name) {
        jdbc.sql("""
                        INSERT INTO patchbay.tenant (tenant_id, name) VALUES (:tenant, :name)
                        ON CONFLICT (tenant_id) DO UPDATE SET name = excluded.name""").param("tenant", id.value()).param("name", name).update();
    }
}
