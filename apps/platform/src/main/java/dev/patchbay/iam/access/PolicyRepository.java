package dev.patchbay.iam.access;

import dev.patchbay.kernel.Permission;
import dev.patchbay.kernel.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Loads the policy of a tenant, within its transaction. */
@Component
final class PolicyRepository {

    private final JdbcClient jdbc;

    PolicyRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Counts the changes of the policy; 0 before the first. */
    long findVersion(TenantId tenant) {
        return jdbc.sql("SELECT version FROM patchbay.policy_version WHERE tenant_id = :tenant")
                .param("tenant", tenant.value())
                .query(Long.class)
                .optional()
                .orElse(0L);
    }

    Policy load(TenantId tenant) {
        Map<String, Set<Permission>> roles = customRoles(tenant);
        for (SystemRole role : SystemRole.ALL) {
            roles.put(role.name(), role.permissions());
        }
        var grants = jdbc.sql("""
                        SELECT assignment_id, subject_id, role, client_id, resource, expires_at FROM patchbay.role_assignment
                        WHERE tenant_id = :tenant ORDER BY assignment_id""")
                .param("tenant", tenant.value())
                .query((row, number) -> grant(row, roles))
                .list();
        var groups = new HashMap<String, Set<String>>();
        jdbc.sql("SELECT user_id, group_id FROM patchbay.group_member WHERE tenant_id = :tenant")
                .param("tenant", tenant.value())
                .query(row -> {
                    groups.computeIfAbsent(row.getString("user_id"), user -> new HashSet<>())
                            .add(row.getString("group_id"));
                });
        Set<String> active = new HashSet<>();
        jdbc.sql("SELECT user_id FROM patchbay.app_user WHERE tenant_id = :tenant AND state = 'active'")
                .param("tenant", tenant.value())
                .query(row -> {
                    active.add(row.getString("user_id"));
                });
        return new Policy(grants, groups, active);
    }

    private Map<String, Set<Permission>> customRoles(TenantId tenant) {
        var roles = new HashMap<String, Set<Permission>>();
        jdbc.sql("SELECT role_id, permissions FROM patchbay.custom_role WHERE tenant_id = :tenant")
                .param("tenant", tenant.value())
                .query(row -> {
                    roles.put(row.getString("role_id"), Permissions.expand(permissions(row)));
                });
        return roles;
    }

    private static Set<Permission> permissions(ResultSet row) throws SQLException {
        return Arrays.stream((String[]) row.getArray("permissions").getArray())
                .map(Permission::of)
                .collect(Collectors.toSet());
    }

    /** An unknown role allows nothing: it was deleted, or a later version of the platform has it. */
    private static Policy.Grant grant(ResultSet row, Map<String, Set<Permission>> roles) throws SQLException {
        String role = row.getString("role");
        var until = row.getTimestamp("expires_at");
        return new Policy.Grant(
                row.getString("assignment_id"),
                row.getString("subject_id"),
                role,
                roles.getOrDefault(role, Set.of()),
                row.getString("client_id"),
                row.getString("resource"),
                until == null ? Instant.MAX : until.toInstant());
    }
}
