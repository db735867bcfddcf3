package dev.patchbay.iam.people;

import dev.patchbay.iam.people.Users.User;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The rows of people; within the tenant's transaction. */
@Component
public class UserRepository {

    private final JdbcClient jdbc;

    UserRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Within a scope of clients: those who have a role for one of them, by themselves or through a group. */
    public List<User> list(TenantScope scope, int limit, String after) {
        return jdbc.sql("""
                        SELECT * FROM patchbay.app_user u
                        WHERE u.tenant_id = :tenant AND u.user_id > :after
                          AND (:scoped::text[] IS NULL OR EXISTS (
                            SELECT FROM patchbay.role_assignment a
                            WHERE a.tenant_id = u.tenant_id AND a.client_id = ANY (:scoped)
                              AND (a.subject_id = u.user_id OR a.subject_id IN (
                                SELECT m.group_id FROM patchbay.group_member m
                                WHERE m.tenant_id = u.tenant_id AND m.user_id = u.user_id))))
                        ORDER BY u.user_id LIMIT :limit""")
                .param("tenant", scope.tenant().value())
                .param("after", after)
                .param("scoped", scope.scoped())
                .param("limit", limit)
                .query((row, number) -> user(row))
                .list();
    }

    public Optional<User> find(TenantScope scope, String id) {
        return jdbc.sql("""
                        SELECT * FROM patchbay.app_user u
                        WHERE u.tenant_id = :tenant AND u.user_id = :user
                          AND (:scoped::text[] IS NULL OR EXISTS (
                            SELECT FROM patchbay.role_assignment a
                            WHERE a.tenant_id = u.tenant_id AND a.client_id = ANY (:scoped)
                              AND (a.subject_id = u.user_id OR a.subject_id IN (
                                SELECT m.group_id FROM patchbay.group_member m
                                WHERE m.tenant_id = u.tenant_id AND m.user_id = u.user_id))))""")
                .param("tenant", scope.tenant().value())
                .param("user", id)
                .param("scoped", scope.scoped())
                .query((row, number) -> user(row))
                .optional();
    }

    public Optional<User> withEmail(TenantId tenant, String email) {
        return jdbc.sql("SELECT * FROM patchbay.app_user WHERE tenant_id = :tenant AND lower(email) = lower(:email)")
                .param("tenant", tenant.value())
                .param("email", email)
                .query((row, number) -> user(row))
                .optional();
    }

    public void insert(TenantId tenant, User user) {
        jdbc.sql("""
                        INSERT INTO patchbay.app_user (tenant_id, user_id, email, name, state)
                        VALUES (:tenant, :user, :email, :name, :state)""")
                .param("tenant", tenant.value())
                .param("user", user.id())
                .param("email", user.email())
                .param("name", user.name())
                .param("state", user.state())
                .update();
    }

    public void state(TenantId tenant, String id, String state) {
        jdbc.sql("UPDATE patchbay.app_user SET state = :state WHERE tenant_id = :tenant AND user_id = :user")
                .param("state", state)
                .param("tenant", tenant.value())
                .param("user", id)
                .update();
    }

    private static User user(ResultSet row) throws SQLException {
        return new User(
                row.getString("user_id"),
                row.getString("email"),
                row.getString("name"),
                row.getString("state"),
                row.getTimestamp("created_at").toInstant());
    }
}
