package dev.patchbay.flows.internal.definition;

import dev.patchbay.flowlanguage.FlowDefinition;
import dev.patchbay.flowlanguage.FlowFile;
import dev.patchbay.kernel.ClientId;
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

/** Flows and their versions. Every method joins the caller's transaction. */
@Repository
public class FlowRepository {

    private static final String COLUMNS = "f.flow_id, f.name, v.version, v.state, v.source, v.digest";

    private final JdbcClient jdbc;
    private final Map<String, FlowDefinition> parsed = new ConcurrentHashMap<>();

    FlowRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param state {@code draft}, {@code active} or {@code retired} */
    public record StoredVersion(
            String flowId, String name, String version, String state, String source, String digest) {

        private static StoredVersion from(ResultSet row, int number) throws SQLException {
            return new StoredVersion(
                    row.getString("flow_id"),
                    row.getString("name"),
                    row.getString("version"),
                    row.getString("state"),
                    row.getString("source"),
                    row.getString("digest"));
        }
    }

    /** The flow of that name, made where it is missing. */
    public String flowId(TenantId tenant, String name, String newId) {
        return jdbc.sql("""
                        INSERT INTO patchbay.flow AS f (tenant_id, flow_id, name) VALUES (:tenant, :id, :name)
                        ON CONFLICT (tenant_id, name) DO NOTHING""")
                                .param("tenant", tenant.value())
                                .param("id", newId)
                                .param("name", name)
                                .update()
                        == 1
                ? newId
                : jdbc.sql("SELECT flow_id FROM patchbay.flow WHERE tenant_id = :tenant AND name = :name")
                        .param("tenant", tenant.value())
                        .param("name", name)
                        .query(String.class)
                        .single();
    }

    /** False when that version of the flow exists already. */
    public boolean insertDraft(TenantId tenant, StoredVersion draft) {
        return jdbc.sql("""
                        INSERT INTO patchbay.flow_version (tenant_id, flow_id, version, state, source, digest)
                        VALUES (:tenant, :flow, :version, 'draft', :source, :digest) ON CONFLICT DO NOTHING""")
                        .param("tenant", tenant.value())
                        .param("flow", draft.flowId())
                        .param("version", draft.version())
                        .param("source", draft.source())
                        .param("digest", draft.digest())
                        .update()
                == 1;
    }

    /** A flow's versions, newest first; empty when there is no such flow. */
    public List<StoredVersion> versions(TenantId tenant, String flowId) {
        return jdbc.sql("SELECT " + COLUMNS + """
                         FROM patchbay.flow f JOIN patchbay.flow_version v USING (tenant_id, flow_id)
                        WHERE f.tenant_id = :tenant AND f.flow_id = :flow ORDER BY v.created_at DESC FOR NO KEY UPDATE OF v""")
                .param("tenant", tenant.value())
                .param("flow", flowId)
                .query(StoredVersion::from)
                .list();
    }

    /**
     * A flow's versions, newest first, kept from changing until the transaction ends.
     *
     * @throws Problem {@code 404.flow_not_found}
     */
    public List<StoredVersion> existing(TenantId tenant, String flowId) {
        var versions = versions(tenant, flowId);
        if (versions.isEmpty()) {
            throw new Problem(ProblemType.FLOW_NOT_FOUND, "There is no flow " + flowId + ".");
        }
        return versions;
    }

    /** Newest version of every flow, by name. */
    public List<StoredVersion> newest(TenantId tenant) {
        return jdbc.sql("SELECT DISTINCT ON (f.name) " + COLUMNS + """
                         FROM patchbay.flow f JOIN patchbay.flow_version v USING (tenant_id, flow_id)
                        WHERE f.tenant_id = :tenant ORDER BY f.name, v.created_at DESC""")
                .param("tenant", tenant.value())
                .query(StoredVersion::from)
                .list();
    }

    /** Makes the version the active one; the one before retires. */
    public void activate(TenantId tenant, StoredVersion version) {
        state(tenant, version.flowId(), "state = 'active'", "retired", version.version());
        state(tenant, version.flowId(), "version = :version", "active", version.version());
    }

    private void state(TenantId tenant, String flowId, String which, String state, String version) {
        jdbc.sql("UPDATE patchbay.flow_version SET state = :state WHERE tenant_id = :tenant AND flow_id = :flow AND "
                        + which + (which.contains(":version") ? "" : " AND version <> :version"))
                .param("state", state)
                .param("tenant", tenant.value())
                .param("flow", flowId)
                .param("version", version)
                .update();
    }

    public void assign(TenantId tenant, String flowId, ClientId client) {
        jdbc.sql("""
                        INSERT INTO patchbay.flow_assignment (tenant_id, flow_id, client_id)
                        VALUES (:tenant, :flow, :client) ON CONFLICT DO NOTHING""")
                .param("tenant", tenant.value())
                .param("flow", flowId)
                .param("client", client.value())
                .update();
    }

    /** False when the flow did not serve the client. */
    public boolean unassign(TenantId tenant, String flowId, ClientId client) {
        return jdbc.sql("""
                        DELETE FROM patchbay.flow_assignment
                        WHERE tenant_id = :tenant AND flow_id = :flow AND client_id = :client""")
                        .param("tenant", tenant.value())
                        .param("flow", flowId)
                        .param("client", client.value())
                        .update()
                == 1;
    }

    /** The active versions that serve a client. */
    public List<StoredVersion> activeFor(TenantId tenant, ClientId client) {
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

    /** One version, parsed; a version never changes, so it is parsed once. */
    public FlowDefinition definition(TenantId tenant, String flowId, String version) {
        return parsed.computeIfAbsent(
                tenant + "/" + flowId + "/" + version,
                key -> FlowFile.readStored(jdbc.sql("""
                        SELECT source FROM patchbay.flow_version
                        WHERE tenant_id = :tenant AND flow_id = :flow AND version = :version""")
                        .param("tenant", tenant.value())
                        .param("flow", flowId)
                        .param("version", version)
                        .query(String.class)
                        .single()));
    }

    /** The trigger's side of a stored version. */
    public Optional<dev.patchbay.flowlanguage.Trigger> trigger(TenantId tenant, StoredVersion version) {
        return definition(tenant, version.flowId(), version.version()).trigger();
    }
}
