package dev.patchbay.iam.people;

import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads and writes users, within the tenant's transaction. */
@Component
class UserRepository {

    private final JdbcClient jdbc;

    UserRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** By id. In a scope of clients: the users who have a role for one of them, directly or through a group. */
    List<User> list(TenantScope scope, int limit, String after) {
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

    Optional<User> find(TenantScope scope, UserId id) {
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
                .param("user", id.value())
                .param("scoped", scope.scoped())
                .query((row, number) -> user(row))
                .optional();
    }

    Optional<User> findByEmail(TenantId tenant, String email) {
        return jdbc.sql("SELECT * FROM patchbay.app_user WHERE tenant_id = :tenant AND lower(email) = lower(:email)")
                .param("tenant", tenant.value())
                .param("email", email)
                .query((row, number) -> user(row))
                .optional();
    }

    void insert(TenantId tenant, User user) {
        jdbc.sql("""
                        INSERT INTO patchbay.app_user (tenant_id, user_id, email, name, state)
                        VALUES (:tenant, :user, :email, :name, :state)""")
                .param("tenant", tenant.value())
                .param("user", user.id().value())
                .param("email", user.email())
                .param("name", user.name())
                .param("state", user.state().label())
                .update();
    }

    /** False when the user is not in that state any more. */
    boolean changeState(TenantId tenant, UserId id, UserState from, UserState to) {
        return jdbc.sql("""
                        UPDATE patchbay.app_user SET state = :to
                        WHERE tenant_id = :tenant AND user_id = :user AND state = :from""")
                        .param("to", to.label())
                        .param("tenant", tenant.value())
                        .param("user", id.value())
                        .param("from", from.label())
                        .update()
                == 1;
    }

    private static User user(ResultSet row) throws SQLException {
        return new User(
                new UserId(row.getString("user_id")),
                row.getString("email"),
                row.getString("name"),
                UserState.of(row.getString("state")),
                row.getTimestamp("created_at").toInstant());
    }
}
