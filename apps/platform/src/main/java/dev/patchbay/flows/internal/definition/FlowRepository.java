package dev.patchbay.flows.internal.definition;

import dev.patchbay.flowlanguage.FlowDefinition;
import dev.patchbay.flowlanguage.FlowFile;
import dev.patchbay.flowlanguage.Trigger;
import dev.patchbay.flows.FlowState;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.FlowId;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Flows, their versions and the clients they serve. Every method joins the caller's transaction, unless it says otherwise. */
@Repository
public class FlowRepository {

    private static final String COLUMNS = "f.flow_id, f.name, v.version, v.state, v.source, v.digest";

    private final JdbcClient jdbc;
    private final Map<VersionKey, FlowDefinition> parsed = new ConcurrentHashMap<>();

    FlowRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private record VersionKey(TenantId tenant, FlowId flowId, String version) {}

    /**
     * @param source the file as it was posted
     * @param digest SHA-256 of its contents
     */
    public record StoredVersion(
            FlowId flowId, String name, String version, FlowState state, String source, String digest) {

        private static StoredVersion from(ResultSet row, int number) throws SQLException {
            return new StoredVersion(
                    new FlowId(row.getString("flow_id")),
                    row.getString("name"),
                    row.getString("version"),
                    FlowState.of(row.getString("state")),
                    row.getString("source"),
                    row.getString("digest"));
        }
    }

    /** The id of the flow of that name; the flow is created with the new id where there is none. */
    public FlowId findOrCreate(TenantId tenant, String name, FlowId newId) {
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

    /** @return false when the flow has that version already */
    public boolean insertDraft(TenantId tenant, StoredVersion draft) {
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
    public List<StoredVersion> lockVersions(TenantId tenant, FlowId flowId) {
        var versions = jdbc.sql("SELECT " + COLUMNS + """
                         FROM patchbay.flow f JOIN patchbay.flow_version v USING (tenant_id, flow_id)
                        WHERE f.tenant_id = :tenant AND f.flow_id = :flow ORDER BY v.created_at DESC FOR NO KEY UPDATE OF v""")
                .param("tenant", tenant.value())
                .param("flow", flowId.value())
                .query(StoredVersion::from)
                .list();
        if (versions.isEmpty()) {
            throw new Problem(ProblemType.FLOW_NOT_FOUND, "There is no flow " + flowId + ".");
        }
        return versions;
    }

    /** The newest version of every flow, by name. */
    public List<StoredVersion> findNewestVersions(TenantId tenant) {
        return jdbc.sql("SELECT DISTINCT ON (f.name) " + COLUMNS + """
                         FROM patchbay.flow f JOIN patchbay.flow_version v USING (tenant_id, flow_id)
                        WHERE f.tenant_id = :tenant ORDER BY f.name, v.created_at DESC""")
                .param("tenant", tenant.value())
                .query(StoredVersion::from)
                .list();
    }

    /** Makes the version the active one; the one before retires. */
    public void activate(TenantId tenant, StoredVersion version) {
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

    public void assign(TenantId tenant, FlowId flowId, ClientId client) {
        jdbc.sql("""
                        INSERT INTO patchbay.flow_assignment (tenant_id, flow_id, client_id)
                        VALUES (:tenant, :flow, :client) ON CONFLICT DO NOTHING""")
                .param("tenant", tenant.value())
                .param("flow", flowId.value())
                .param("client", client.value())
                .update();
    }

    /** @return false when the flow did not serve the client */
    public boolean unassign(TenantId tenant, FlowId flowId, ClientId client) {
        return jdbc.sql("""
                        DELETE FROM patchbay.flow_assignment
                        WHERE tenant_id = :tenant AND flow_id = :flow AND client_id = :client""")
                        .param("tenant", tenant.value())
                        .param("flow", flowId.value())
                        .param("client", client.value())
                        .update()
                == 1;
    }

    /** The active versions that serve a client, by name. */
    public List<StoredVersion> findActive(TenantId tenant, ClientId client) {
        return jdbc.sql("SELECT " + COLUMNS + """
                         FROM patchbay.flow_assignment a
                          JOIN patchbay.flow f USING (tenant_id, flow_id)
                          JOIN patchbay.flow_version v USING (tenant_id, flow_id)
                        WHERE a.tenant_id = :tenant AND a.client_id = :client AND v.state = 'active' ORDER BY f.name""")
                .param("tenant", tenant.value())
                .param("client", client.value())
                .query(StoredVersion::from)
                .list();
    }

    /** One version, parsed; empty when the flow has no such version. */
    public Optional<FlowDefinition> findDefinition(TenantId tenant, FlowId flowId, String version) {
        var key = new VersionKey(tenant, flowId, version);
        return Optional.ofNullable(parsed.get(key)).or(() -> findSource(key).map(source -> parse(key, source)));
    }

    /** One version, parsed, which exists. */
    public FlowDefinition definition(TenantId tenant, FlowId flowId, String version) {
        return findDefinition(tenant, flowId, version).orElseThrow();
    }

    /** A version never changes, so it is parsed once. */
    private FlowDefinition parse(VersionKey key, String source) {
        return parsed.computeIfAbsent(key, first -> FlowFile.readStored(source));
    }

    private Optional<String> findSource(VersionKey key) {
        return jdbc.sql("""
                        SELECT source FROM patchbay.flow_version
                        WHERE tenant_id = :tenant AND flow_id = :flow AND version = :version""")
                .param("tenant", key.tenant().value())
                .param("flow", key.flowId().value())
                .param("version", key.version())
                .query(String.class)
                .optional();
    }

    /** The trigger of a version; empty when only people start it. */
    public Optional<Trigger> findTrigger(TenantId tenant, StoredVersion version) {
        return definition(tenant, version.flowId(), version.version()).trigger();
    }
}
