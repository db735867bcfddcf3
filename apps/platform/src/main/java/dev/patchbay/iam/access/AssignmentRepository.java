package dev.patchbay.iam.access;

import dev.patchbay.iam.access.RoleAssignments.Assignment;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The rows of assignments; within the tenant's transaction. */
@Component
public class AssignmentRepository {

    private final JdbcClient jdbc;

    AssignmentRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public List<Assignment> list(TenantScope scope, Optional<String> subject, int limit, String after) {
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

    /** Those of the user, and of the groups they are in. */
    public List<Assignment> ofUser(TenantId tenant, String user) {
        return jdbc.sql("""
                        SELECT * FROM patchbay.role_assignment
                        WHERE tenant_id = :tenant AND (subject_id = :user OR subject_id IN (
                          SELECT m.group_id FROM patchbay.group_member m
                          WHERE m.tenant_id = :tenant AND m.user_id = :user))""")
                .param("tenant", tenant.value())
                .param("user", user)
                .query((row, number) -> assignment(row))
                .list();
    }

    public Optional<Assignment> find(TenantScope scope, String id) {
        return jdbc.sql("""
                        SELECT * FROM patchbay.role_assignment
                        WHERE tenant_id = :tenant AND assignment_id = :assignment
                          AND (:scoped::text[] IS NULL OR client_id = ANY (:scoped))""")
                .param("tenant", scope.tenant().value())
                .param("assignment", id)
                .param("scoped", scope.scoped())
                .query((row, number) -> assignment(row))
                .optional();
    }

    /** @throws Problem {@code 404} when there is no such user or group; a client's group has roles for that client only */
    public void requireSubject(TenantId tenant, String subject, Optional<ClientId> client) {
        boolean group = subject.startsWith("grp_");
        Optional<String> owner = jdbc.sql(
                        group
                                ? "SELECT client_id FROM patchbay.user_group WHERE tenant_id = :tenant AND group_id = :subject"
                                : "SELECT '' FROM patchbay.app_user WHERE tenant_id = :tenant AND user_id = :subject")
                .param("tenant", tenant.value())
                .param("subject", subject)
                .query(String.class)
                .optional();
        if (owner.isEmpty()) {
            throw new Problem(
                    group ? ProblemType.GROUP_NOT_FOUND : ProblemType.USER_NOT_FOUND,
                    "There is no " + (group ? "group " : "user ") + subject + ".");
        }
        if (owner.filter(of -> !of.isEmpty() && !client.map(ClientId::value).equals(Optional.of(of)))
                .isPresent()) {
            throw new Problem(
                    ProblemType.VARIABLES_INVALID,
                    "The group " + subject + " is one client's and has roles for it only.");
        }
    }

    public void insert(TenantId tenant, Assignment wanted) {
        jdbc.sql("""
                        INSERT INTO patchbay.role_assignment
                          (tenant_id, assignment_id, subject_id, role, client_id, resource, expires_at, created_by, created_at)
                        VALUES (:tenant, :assignment, :subject, :role, :client, :resource, :expires, :by, :at)""")
                .param("tenant", tenant.value())
                .param("assignment", wanted.id())
                .param("subject", wanted.subject())
                .param("role", wanted.role())
                .param("client", text(wanted.clientId()))
                .param("resource", text(wanted.resource()))
                .param(
                        "expires",
                        Optional.ofNullable(wanted.expiresAt())
                                .map(end -> end.atOffset(ZoneOffset.UTC))
                                .orElse(null))
                .param("by", wanted.createdBy())
                .param("at", wanted.createdAt().atOffset(ZoneOffset.UTC))
                .update();
    }

    public void delete(TenantId tenant, String id) {
        jdbc.sql("DELETE FROM patchbay.role_assignment WHERE tenant_id = :tenant AND assignment_id = :assignment")
                .param("tenant", tenant.value())
                .param("assignment", id)
                .update();
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    private static @Nullable String present(String value) {
        return value.isEmpty() ? null : value;
    }

    private static Assignment assignment(ResultSet row) throws SQLException {
        var expires = row.getTimestamp("expires_at");
        Instant end = expires == null ? null : expires.toInstant();
        return new Assignment(
                row.getString("assignment_id"),
                row.getString("subject_id"),
                row.getString("role"),
                present(row.getString("client_id")),
                present(row.getString("resource")),
                end,
                row.getString("created_by"),
                row.getTimestamp("created_at").toInstant());
    }
}
