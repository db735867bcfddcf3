package dev.patchbay.flows.definition;

import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.FlowId;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Stores flows, their versions and the clients that they serve. Every method joins the caller's transaction. */
@Repository
class FlowRepository {

    private static final String COLUMNS = "f.flow_id, f.name, v.version, v.state, v.source, v.digest";

    private final JdbcClient jdbc;

    FlowRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private static FlowVersion version(ResultSet row, int number) throws SQLException {
        return new FlowVersion(
                new FlowId(row.getString("flow_id")),
                row.getString("name"),
                row.getString("version"),
                FlowState.of(row.getString("state")),
                row.getString("source"),
                row.getString("digest"));
    }

    /** Returns the id of the flow of that name. When there is none, creates the flow with the new id. */
    FlowId findOrCreate(TenantId tenant, String name, FlowId newId) {
        return jdbc.sql("""
                        INSERT INTO patchbay.flow AS f (tenant_id, flow_id, name) VALUES (:tenant, :id, :name)
                        ON CONFLICT (tenant_id, name) DO NOTHING""")
                                .param("tenant", tenant.value())
                                .param("id", newId.value())
                                .param("name", name)
                                .update()
                        == 1
                ? newId
                : jdbc.sql("SELECT flow_id FROM patchbay.flow WHERE tenant_id = :tenant AND name = :name")
                        .param("tenant", tenant.value())
                        .param("name", name)
                        .query((row, number) -> new FlowId(row.getString("flow_id")))
                        .single();
    }

    /**
     * Stores a draft.
     *
     * @return false when the flow has that version already
     */
    boolean insertDraft(TenantId tenant, FlowVersion draft) {
        return jdbc.sql("""
                        INSERT INTO patchbay.flow_version (tenant_id, flow_id, version, state, source, digest)
                        VALUES (:tenant, :flow, :version, 'draft', :source, :digest) ON CONFLICT DO NOTHING""")
                        .param("tenant", tenant.value())
                        .param("flow", draft.flowId().value())
                        .param("version", draft.version())
                        .param("source", draft.source())
                        .param("digest", draft.digest())
                        .update()
                == 1;
    }

    /**
     * Locks a flow's versions until the transaction ends.
     *
     * @return newest first
     * @throws Problem {@code 404.flow_not_found}
     */
    List<FlowVersion> lockVersions(TenantId tenant, FlowId flowId) {
        var versions = jdbc.sql("SELECT " + COLUMNS + """
                         FROM patchbay.flow f JOIN patchbay.flow_version v USING (tenant_id, flow_id)
                        WHERE f.tenant_id = :tenant AND f.flow_id = :flow ORDER BY v.created_at DESC FOR NO KEY UPDATE OF v""")
                .param("tenant", tenant.value())
                .param("flow", flowId.value())
                .query(FlowRepository::version)
                .list();
        if (versions.isEmpty()) {
            throw new Problem(ProblemType.FLOW_NOT_FOUND, "There is no flow " + flowId + ".");
        }
        return versions;
    }

    /** Returns the newest version of every flow, ordered by name. */
    List<FlowVersion> findNewestVersions(TenantId tenant) {
        // The files are left out, because there may be many.
        return jdbc.sql("""
                        SELECT DISTINCT ON (f.name) f.flow_id, f.name, v.version, v.state, '' AS source, v.digest
                        FROM patchbay.flow f JOIN patchbay.flow_version v USING (tenant_id, flow_id)
                        WHERE f.tenant_id = :tenant ORDER BY f.name, v.created_at DESC""")
                .param("tenant", tenant.value())
                .query(FlowRepository::version)
                .list();
    }

    /** Makes this version the active one; the version that was active before retires. */
    void activate(TenantId tenant, FlowVersion version) {
        jdbc.sql("""
                        UPDATE patchbay.flow_version SET state = 'retired'
                        WHERE tenant_id = :tenant AND flow_id = :flow AND version <> :version AND state = ANY (:from)""")
                .param("tenant", tenant.value())
                .param("flow", version.flowId().value())
                .param("version", version.version())
                .param("from", FlowState.RETIRED.predecessors())
                .update();
        jdbc.sql("""
                        UPDATE patchbay.flow_version SET state = 'active'
                        WHERE tenant_id = :tenant AND flow_id = :flow AND version = :version AND state = ANY (:from)""")
                .param("tenant", tenant.value())
                .param("flow", version.flowId().value())
                .param("version", version.version())
                .param("from", FlowState.ACTIVE.predecessors())
                .update();
    }

    void assign(TenantId tenant, FlowId flowId, ClientId client) {
        jdbc.sql("""
                        INSERT INTO patchbay.flow_assignment (tenant_id, flow_id, client_id)
                        VALUES (:tenant, :flow, :client) ON CONFLICT DO NOTHING""")
                .param("tenant", tenant.value())
                .param("flow", flowId.value())
                .param("client", client.value())
                .update();
    }

    /**
     * Stops the flow from serving the client.
     *
     * @return false when the flow did not serve the client
     */
    boolean unassign(TenantId tenant, FlowId flowId, ClientId client) {
        return jdbc.sql("""
                        DELETE FROM patchbay.flow_assignment
                        WHERE tenant_id = :tenant AND flow_id = :flow AND client_id = :client""")
                        .param("tenant", tenant.value())
                        .param("flow", flowId.value())
                        .param("client", client.value())
                        .update()
                == 1;
    }

    /**
     * Lets new runs of the client start with that version, or with the active one when the version is null.
     *
     * @return false when the flow does not serve the client
     */
    boolean pinVersion(TenantId tenant, FlowId flowId, ClientId client, @Nullable String version) {
        return jdbc.sql("""
                        UPDATE patchbay.flow_assignment SET version = :version
                        WHERE tenant_id = :tenant AND flow_id = :flow AND client_id = :client""")
                        .param("version", version)
                        .param("tenant", tenant.value())
                        .param("flow", flowId.value())
                        .param("client", client.value())
                        .update()
                == 1;
    }

    /**
     * Returns the versions that serve a client, ordered by name: the client's own version where it has one, else the active
     * one.
     */
    List<FlowVersion> findActive(TenantId tenant, ClientId client) {
        return jdbc.sql("SELECT " + COLUMNS + """
                         FROM patchbay.flow_assignment a
                          JOIN patchbay.flow f USING (tenant_id, flow_id)
                          JOIN patchbay.flow_version v USING (tenant_id, flow_id)
                        WHERE a.tenant_id = :tenant AND a.client_id = :client
                          AND CASE WHEN a.version IS NULL THEN v.state = 'active' ELSE v.version = a.version END
                        ORDER BY f.name""")
                .param("tenant", tenant.value())
                .param("client", client.value())
                .query(FlowRepository::version)
                .list();
    }

    /** Returns the file of a version as it was posted; empty when the flow has no such version. */
    Optional<String> findSource(TenantId tenant, FlowId flowId, String version) {
        return jdbc.sql("""
                        SELECT source FROM patchbay.flow_version
                        WHERE tenant_id = :tenant AND flow_id = :flow AND version = :version""")
                .param("tenant", tenant.value())
                .param("flow", flowId.value())
                .param("version", version)
                .query(String.class)
                .optional();
    }
}
