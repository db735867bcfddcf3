package dev.patchbay.iam.access;

import dev.patchbay.kernel.Permission;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The roles there are in a tenant: the system's, and its own. */
@Component
public class RoleRepository {

    private final Tenancy tenancy;
    private final JdbcClient jdbc;

    RoleRepository(Tenancy tenancy, JdbcClient jdbc) {
        this.tenancy = tenancy;
        this.jdbc = jdbc;
    }

    /** Those of the tenant's own making, by id. */
    public List<CustomRole> custom(TenantId tenant) {
        return tenancy.inTenant(
                tenant,
                () -> jdbc.sql("SELECT * FROM patchbay.custom_role WHERE tenant_id = :tenant ORDER BY role_id")
                        .param("tenant", tenant.value())
                        .query((row, number) -> new CustomRole(
                                row.getString("role_id"),
                                row.getString("name"),
                                row.getString("description"),
                                List.of((String[]) row.getArray("permissions").getArray())))
                        .list());
    }

    public Optional<CustomRole> find(TenantId tenant, String id) {
        return custom(tenant).stream().filter(role -> role.id().equals(id)).findFirst();
    }

    /**
     * What a role allows.
     *
     * @throws Problem {@code 404.role_not_found}
     */
    public Set<Permission> permissions(TenantId tenant, String role) {
        return SystemRole.findByName(role)
                .map(SystemRole::permissions)
                .or(() -> find(tenant, role).map(RoleRepository::permissions))
                .orElseThrow(() -> new Problem(ProblemType.ROLE_NOT_FOUND, "There is no role " + role + "."));
    }

    private static Set<Permission> permissions(CustomRole role) {
        return Permissions.expand(
                role.permissions().stream().map(Permission::of).collect(Collectors.toSet()));
    }

    public void put(TenantId tenant, CustomRole role) {
        jdbc.sql("""
                        INSERT INTO patchbay.custom_role (tenant_id, role_id, name, description, permissions)
                        VALUES (:tenant, :role, :name, :description, :permissions)
                        ON CONFLICT (tenant_id, role_id) DO UPDATE SET name = excluded.name,
                          description = excluded.description, permissions = excluded.permissions""")
                .param("tenant", tenant.value())
                .param("role", role.id())
                .param("name", role.name())
                .param("description", role.description())
                .param("permissions", role.permissions().toArray(String[]::new))
                .update();
    }

    public boolean isAssigned(TenantId tenant, String id) {
        return jdbc.sql(
                        "SELECT EXISTS (SELECT FROM patchbay.role_assignment WHERE tenant_id = :tenant AND role = :role)")
                .param("tenant", tenant.value())
                .param("role", id)
                .query(Boolean.class)
                .single();
    }

    public void delete(TenantId tenant, String id) {
        jdbc.sql("DELETE FROM patchbay.custom_role WHERE tenant_id = :tenant AND role_id = :role")
                .param("tenant", tenant.value())
                .param("role", id)
                .update();
    }
}
