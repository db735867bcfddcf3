package dev.patchbay.iam.people;

import dev.patchbay.iam.people.Groups.Group;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The rows of groups and of who is in them; within the tenant's transaction. */
@Component
public class GroupRepository {

    private final JdbcClient jdbc;

    GroupRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param id only that one; null: all */
    public List<Group> list(TenantScope scope, @Nullable String id, int limit, String after) {
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
                .param("id", id)
                .param("scoped", scope.scoped())
                .param("limit", limit)
                .query((row, number) -> group(row))
                .list();
    }

    public void insert(TenantId tenant, Group group) {
        jdbc.sql("""
                        INSERT INTO patchbay.user_group (tenant_id, group_id, client_id, name)
                        VALUES (:tenant, :group, coalesce(:client, ''), :name)""")
                .param("tenant", tenant.value())
                .param("group", group.id())
                .param("client", group.clientId())
                .param("name", group.name())
                .update();
    }

    public void delete(TenantId tenant, String id) {
        run("DELETE FROM patchbay.role_assignment WHERE tenant_id = :tenant AND subject_id = :group", tenant, id, "");
        run("DELETE FROM patchbay.user_group WHERE tenant_id = :tenant AND group_id = :group", tenant, id, "");
    }

    public void add(TenantId tenant, String id, String user) {
        run(
                "INSERT INTO patchbay.group_member (tenant_id, group_id, user_id) VALUES (:tenant, :group, :user) ON CONFLICT DO NOTHING",
                tenant,
                id,
                user);
    }

    public void remove(TenantId tenant, String id, String user) {
        run(
                "DELETE FROM patchbay.group_member WHERE tenant_id = :tenant AND group_id = :group AND user_id = :user",
                tenant,
                id,
                user);
    }

    /** Takes the user out of every group; which ones they were in. */
    public List<String> leaveAll(TenantId tenant, String user) {
        return jdbc.sql("""
                        DELETE FROM patchbay.group_member
                        WHERE tenant_id = :tenant AND user_id = :user RETURNING group_id""")
                .param("tenant", tenant.value())
                .param("user", user)
                .query((row, number) -> row.getString("group_id"))
                .list();
    }

    private void run(String statement, TenantId tenant, String id, String user) {
        jdbc.sql(statement)
                .param("tenant", tenant.value())
                .param("group", id)
                .param("user", user)
                .update();
    }

    private static Group group(ResultSet row) throws SQLException {
        String client = row.getString("client_id");
        return new Group(
                row.getString("group_id"), row.getString("name"), client.isEmpty() ? null : client, List.of((String[])
                        row.getArray("members").getArray()));
    }
}
