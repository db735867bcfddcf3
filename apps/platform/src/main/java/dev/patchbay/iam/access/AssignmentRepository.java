package dev.patchbay.iam.access;

import dev.patchbay.iam.AssignmentId;
import dev.patchbay.iam.RoleId;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads and writes role assignments within the tenant's transaction. */
@Component
class AssignmentRepository {

    private final JdbcClient jdbc;

    AssignmentRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Assignment> list(TenantScope scope, Optional<String> subject, int limit, String after) {
        return jdbc.sql("""
                        SELECT * FROM patchbay.role_assignment
                        WHERE tenant_id = :tenant AND assignment_id > :after
                          AND (:scoped::text[] IS NULL OR client_id = ANY (:scoped))
                          AND (:subject::text IS NULL OR subject_id = :subject)
                        ORDER BY assignment_id LIMIT :limit""")
                .param("tenant", scope.tenant().value())
                .param("after", after)
                .param("scoped", scope.scoped())
                .param("subject", subject.orElse(null))
                .param("limit", limit)
                .query((row, number) -> assignment(row))
                .list();
    }

    /** Returns the assignments that these users or service tokens made. */
    List<Assignment> listGivenBy(TenantId tenant, List<String> givers, int limit) {
        return jdbc.sql("""
                        SELECT * FROM patchbay.role_assignment
                        WHERE tenant_id = :tenant AND created_by = ANY (:givers)
                        ORDER BY assignment_id LIMIT :limit""")
                .param("tenant", tenant.value())
                .param("givers", givers.toArray(String[]::new))
                .param("limit", limit)
                .query((row, number) -> assignment(row))
                .list();
    }

    /** Returns the assignments of the user and of the groups they are in. */
    List<Assignment> listOfUser(TenantId tenant, UserId user) {
        return jdbc.sql("""
                        SELECT * FROM patchbay.role_assignment
                        WHERE tenant_id = :tenant AND (subject_id = :user OR subject_id IN (
                          SELECT m.group_id FROM patchbay.group_member m
                          WHERE m.tenant_id = :tenant AND m.user_id = :user))""")
                .param("tenant", tenant.value())
                .param("user", user.value())
                .query((row, number) -> assignment(row))
                .list();
    }

    Optional<Assignment> find(TenantScope scope, AssignmentId id) {
        return jdbc.sql("""
                        SELECT * FROM patchbay.role_assignment
                        WHERE tenant_id = :tenant AND assignment_id = :assignment
                          AND (:scoped::text[] IS NULL OR client_id = ANY (:scoped))""")
                .param("tenant", scope.tenant().value())
                .param("assignment", id.value())
                .param("scoped", scope.scoped())
                .query((row, number) -> assignment(row))
                .optional();
    }

    /**
     * Returns the id of the client that owns the group, or an empty text when the group belongs to the tenant. The result is
     * empty when there is no such group.
     */
    Optional<String> findClientOfGroup(TenantId tenant, String group) {
        return jdbc.sql("SELECT client_id FROM patchbay.user_group WHERE tenant_id = :tenant AND group_id = :group")
                .param("tenant", tenant.value())
                .param("group", group)
                .query(String.class)
                .optional();
    }

    /** Returns whether the user exists and, in a scope of clients, has a role for one of them. */
    boolean isVisible(TenantScope scope, String user) {
        return userExists(scope.tenant(), user)
                && (scope.isWholeTenant()
                        || listOfUser(scope.tenant(), new UserId(user)).stream()
                                .anyMatch(assignment -> assignment
                                        .client()
                                        .filter(scope::includes)
                                        .isPresent()));
    }

    boolean userExists(TenantId tenant, String user) {
        return jdbc.sql("SELECT EXISTS (SELECT FROM patchbay.app_user WHERE tenant_id = :tenant AND user_id = :user)")
                .param("tenant", tenant.value())
                .param("user", user)
                .query(Boolean.class)
                .single();
    }

    void insert(TenantId tenant, Assignment assignment) {
        jdbc.sql("""
                        INSERT INTO patchbay.role_assignment
                          (tenant_id, assignment_id, subject_id, role, client_id, resource, expires_at, created_by, created_at)
                        VALUES (:tenant, :assignment, :subject, :role, :client, :resource, :expires, :by, :at)""")
                .param("tenant", tenant.value())
                .param("assignment", assignment.id().value())
                .param("subject", assignment.subject())
                .param("role", assignment.role().value())
                .param("client", emptyIfNull(assignment.clientId()))
                .param("resource", emptyIfNull(assignment.resource()))
                .param(
                        "expires",
                        Optional.ofNullable(assignment.expiresAt())
                                .map(end -> end.atOffset(ZoneOffset.UTC))
                                .orElse(null))
                .param("by", assignment.createdBy())
                .param("at", assignment.createdAt().atOffset(ZoneOffset.UTC))
                .update();
    }

    void delete(TenantId tenant, AssignmentId id) {
        jdbc.sql("DELETE FROM patchbay.role_assignment WHERE tenant_id = :tenant AND assignment_id = :assignment")
                .param("tenant", tenant.value())
                .param("assignment", id.value())
                .update();
    }

    private static String emptyIfNull(@Nullable String value) {
        return value == null ? "" : value;
    }

    private static @Nullable String nullIfEmpty(String value) {
        return value.isEmpty() ? null : value;
    }

    private static Assignment assignment(ResultSet row) throws SQLException {
        var expires = row.getTimestamp("expires_at");
        Instant end = expires == null ? null : expires.toInstant();
        return new Assignment(
                new AssignmentId(row.getString("assignment_id")),
                row.getString("subject_id"),
                new RoleId(row.getString("role")),
                nullIfEmpty(row.getString("client_id")),
                nullIfEmpty(row.getString("resource")),
                end,
                row.getString("created_by"),
                row.getTimestamp("created_at").toInstant());
    }
}
