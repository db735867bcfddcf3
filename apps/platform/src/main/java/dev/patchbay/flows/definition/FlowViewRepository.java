package dev.patchbay.flows.definition;

import dev.patchbay.flows.definition.FlowQueries.ServedClient;
import dev.patchbay.flows.definition.FlowQueries.VersionDetail;
import dev.patchbay.kernel.FlowId;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads flows for people. Every method joins the caller's transaction. */
@Repository
class FlowViewRepository {

    private final JdbcClient jdbc;

    FlowViewRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A flow's versions, newest first; none of a flow that serves no client of the scope.
     *
     * @param version null: all of them
     */
    List<VersionDetail> findVersions(TenantScope scope, FlowId flowId, @Nullable String version) {
        return jdbc.sql("""
                        SELECT flow_id, name, version, state, digest, v.created_at, source
                        FROM patchbay.flow f JOIN patchbay.flow_version v USING (tenant_id, flow_id)
                        WHERE tenant_id = :tenant AND flow_id = :flow AND version = coalesce(:version, version)
                          AND (:scoped::text[] IS NULL OR EXISTS (
                            SELECT FROM patchbay.flow_assignment a WHERE a.tenant_id = :tenant
                              AND a.flow_id = f.flow_id AND a.client_id = ANY (:scoped)))
                        ORDER BY v.created_at DESC""")
                .param("tenant", scope.tenant().value())
                .param("scoped", scope.scoped())
                .param("flow", flowId.value())
                .param("version", version)
                .query(FlowViewRepository::version)
                .list();
    }

    private static VersionDetail version(ResultSet row, int number) throws SQLException {
        return new VersionDetail(
                new FlowId(row.getString("flow_id")),
                row.getString("name"),
                row.getString("version"),
                FlowState.of(row.getString("state")),
                row.getString("digest"),
                row.getTimestamp("created_at").toInstant(),
                row.getString("source"));
    }

    List<ServedClient> findClients(TenantScope scope, FlowId flowId) {
        return jdbc.sql("""
                        SELECT client_id, c.name, a.version FROM patchbay.flow_assignment a
                          JOIN patchbay.client c USING (tenant_id, client_id)
                        WHERE tenant_id = :tenant AND a.flow_id = :flow AND (:scoped::text[] IS NULL OR client_id = ANY (:scoped))
                        ORDER BY client_id""")
                .param("tenant", scope.tenant().value())
                .param("flow", flowId.value())
                .param("scoped", scope.scoped())
                .query((row, number) ->
                        new ServedClient(row.getString("client_id"), row.getString("name"), row.getString("version")))
                .list();
    }

    Set<FlowId> findServing(TenantScope scope) {
        return jdbc.sql("""
                        SELECT flow_id FROM patchbay.flow_assignment
                        WHERE tenant_id = :tenant AND (:scoped::text[] IS NULL OR client_id = ANY (:scoped))""")
                .param("tenant", scope.tenant().value())
                .param("scoped", scope.scoped())
                .query((row, number) -> new FlowId(row.getString("flow_id")))
                .set();
    }

    Optional<FlowId> findByName(TenantId tenant, String name) {
        return jdbc.sql("SELECT flow_id FROM patchbay.flow WHERE tenant_id = :tenant AND name = :name")
                .param("tenant", tenant.value())
                .param("name", name)
                .query((row, number) -> new FlowId(row.getString("flow_id")))
                .optional();
    }
}
