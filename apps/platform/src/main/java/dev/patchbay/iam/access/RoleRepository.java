package dev.patchbay.iam.access;

import dev.patchbay.iam.RoleId;
import dev.patchbay.kernel.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads and writes the custom roles of a tenant, within its transaction. */
@Component
class RoleRepository {

    private final JdbcClient jdbc;

    RoleRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** All of the tenant's custom roles, by id. */
    List<CustomRole> list(TenantId tenant) {
        return jdbc.sql("SELECT * FROM patchbay.custom_role WHERE tenant_id = :tenant ORDER BY role_id")
                .param("tenant", tenant.value())
                .query((row, number) -> role(row))
                .list();
    }

    Optional<CustomRole> find(TenantId tenant, RoleId id) {
        return jdbc.sql("SELECT * FROM patchbay.custom_role WHERE tenant_id = :tenant AND role_id = :role")
                .param("tenant", tenant.value())
                .param("role", id.value())
                .query((row, number) -> role(row))
                .optional();
    }

    /** Inserts the role, or replaces the one with that id. */
    void save(TenantId tenant, CustomRole role) {
        jdbc.sql("""
                        INSERT INTO patchbay.custom_role (tenant_id, role_id, name, description, permissions)
                        VALUES (:tenant, :role, :name, :description, :permissions)
                        ON CONFLICT (tenant_id, role_id) DO UPDATE SET name = excluded.name,
                          description = excluded.description, permissions = excluded.permissions""")
                .param("tenant", tenant.value())
                .param("role", role.id().value())
                .param("name", role.name())
                .param("description", role.description())
                .param("permissions", role.permissions().toArray(String[]::new))
                .update();
    }

    boolean isAssigned(TenantId tenant, RoleId id) {
        return jdbc.sql(
                        "SELECT EXISTS (SELECT FROM patchbay.role_assignment WHERE tenant_id = :tenant AND role = :role)")
                .param("tenant", tenant.value())
                .param("role", id.value())
                .query(Boolean.class)
                .single();
    }

    void delete(TenantId tenant, RoleId id) {
        jdbc.sql("DELETE FROM patchbay.custom_role WHERE tenant_id = :tenant AND role_id = :role")
                .param("tenant", tenant.value())
                .param("role", id.value())
                .update();
    }

    private static CustomRole role(ResultSet row) throws SQLException {
        return new CustomRole(
                new RoleId(row.getString("role_id")),
                row.getString("name"),
                row.getString("description"),
                List.of((String[]) row.getArray("permissions").getArray()));
    }
}
