package dev.patchbay.iam.people;

import dev.patchbay.iam.GroupId;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads and writes groups and their members, within the tenant's transaction. */
@Component
class GroupRepository {

    private final JdbcClient jdbc;

    GroupRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param id only that group; null: all */
    List<Group> list(TenantScope scope, @Nullable GroupId id, int limit, String after) {
        return jdbc.sql("""
                        SELECT g.group_id, g.name, g.client_id, ARRAY(
                          SELECT m.user_id FROM patchbay.group_member m
                          WHERE m.tenant_id = g.tenant_id AND m.group_id = g.group_id ORDER BY m.user_id) AS members
                        FROM patchbay.user_group g
                        WHERE g.tenant_id = :tenant AND g.group_id > :after AND g.group_id = coalesce(:id, g.group_id)
                          AND (:scoped::text[] IS NULL OR g.client_id = ANY (:scoped))
                        ORDER BY g.group_id LIMIT :limit""")
                .param("tenant", scope.tenant().value())
                .param("after", after)
                .param("id", id == null ? null : id.value())
                .param("scoped", scope.scoped())
                .param("limit", limit)
                .query((row, number) -> group(row))
                .list();
    }

    void insert(TenantId tenant, Group group) {
        jdbc.sql("""
                        INSERT INTO patchbay.user_group (tenant_id, group_id, client_id, name)
                        VALUES (:tenant, :group, coalesce(:client, ''), :name)""")
                .param("tenant", tenant.value())
                .param("group", group.id().value())
                .param("client", group.clientId())
                .param("name", group.name())
                .update();
    }

    /** Deletes the group, its memberships and its role assignments. */
    void delete(TenantId tenant, GroupId id) {
        jdbc.sql("DELETE FROM patchbay.role_assignment WHERE tenant_id = :tenant AND subject_id = :group")
                .param("tenant", tenant.value())
                .param("group", id.value())
                .update();
        jdbc.sql("DELETE FROM patchbay.user_group WHERE tenant_id = :tenant AND group_id = :group")
                .param("tenant", tenant.value())
                .param("group", id.value())
                .update();
    }

    /** Has no effect when the user is a member already. */
    void addMember(TenantId tenant, GroupId id, UserId user) {
        jdbc.sql("""
                        INSERT INTO patchbay.group_member (tenant_id, group_id, user_id)
                        VALUES (:tenant, :group, :user) ON CONFLICT DO NOTHING""")
                .param("tenant", tenant.value())
                .param("group", id.value())
                .param("user", user.value())
                .update();
    }

    void removeMember(TenantId tenant, GroupId id, UserId user) {
        jdbc.sql("""
                        DELETE FROM patchbay.group_member
                        WHERE tenant_id = :tenant AND group_id = :group AND user_id = :user""")
                .param("tenant", tenant.value())
                .param("group", id.value())
                .param("user", user.value())
                .update();
    }

    /** Removes the user from every group; returns these groups. */
    List<GroupId> removeFromAll(TenantId tenant, UserId user) {
        return jdbc.sql("""
                        DELETE FROM patchbay.group_member
                        WHERE tenant_id = :tenant AND user_id = :user RETURNING group_id""")
                .param("tenant", tenant.value())
                .param("user", user.value())
                .query((row, number) -> new GroupId(row.getString("group_id")))
                .list();
    }

    private static Group group(ResultSet row) throws SQLException {
        String client = row.getString("client_id");
        var members = Stream.of((String[]) row.getArray("members").getArray())
                .map(UserId::new)
                .toList();
        return new Group(
                new GroupId(row.getString("group_id")),
                row.getString("name"),
                client.isEmpty() ? null : client,
                members);
    }
}
