package dev.patchbay.flows.internal.run;

import dev.patchbay.effects.NodeLease;
import dev.patchbay.flowlanguage.FlowDefinition;
import dev.patchbay.flows.internal.definition.FlowRepository;
import dev.patchbay.iam.tenants.Clients;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.JsonNode;

/** Runs as they begin: one for each flow and event, however often it is started. */
@Repository
public class RunRepository {

    private static final String CONTEXT = """
            SELECT flow_id, version, client_id, correlation_id, input, coalesce(pass_started_at, started_at) AS started_at, pass, ending,
              repeat_tasks
            FROM patchbay.run WHERE tenant_id = :tenant AND run_id = :run""";

    private final JdbcClient jdbc;
    private final Tenancy tenancy;
    private final FlowRepository flows;
    private final Clients clients;
    private final NodeLease node;

    RunRepository(JdbcClient jdbc, Tenancy tenancy, FlowRepository flows, Clients clients, NodeLease node) {
        this.jdbc = jdbc;
        this.tenancy = tenancy;
        this.flows = flows;
        this.clients = clients;
        this.node = node;
    }

    /**
     * What a run begins with; {@code eventId} is null for one that a person starts with an input.
     *
     * @param depth how many runs of ours led to its event; 0 for one from outside
     */
    public record NewRun(
            String runId,
            FlowRepository.StoredVersion flow,
            ClientId client,
            @Nullable String eventId,
            CorrelationId correlation,
            @Nullable String phone,
            JsonNode input,
            int depth) {}

    /** A run that is there now; {@code turn} is empty where it was there before, or is left to another process. */
    public record Stored(String runId, Optional<RunLease> turn) {}

    /**
     * Stores the run, or finds the one this flow and event already have; call it in the tenant's transaction.
     *
     * @param here whether this process walks it; otherwise whoever looks next does
     */
    public Stored insert(TenantId tenant, NewRun run, boolean here, Instant now) {
        String known = jdbc.sql("""
                        INSERT INTO patchbay.run AS known (tenant_id, run_id, flow_id, flow_name, version, client_id, event_id,
                          correlation_id, phone, status, input, depth, started_at, turn, owner_node, owner_epoch, wake_at)
                        VALUES (:tenant, :run, :flow, :name, :version, :client, :event, :correlation, :phone,
                          CASE WHEN :here THEN 'running' ELSE 'waiting' END, :input::jsonb, :depth, :now, 1,
                          CASE WHEN :here THEN :node END, CASE WHEN :here THEN :epoch::bigint END,
                          CASE WHEN :here THEN NULL ELSE clock_timestamp() END)
                        ON CONFLICT (tenant_id, flow_id, event_id) DO UPDATE SET event_id = known.event_id
                        RETURNING run_id""")
                .param("tenant", tenant.value())
                .param("run", run.runId())
                .param("flow", run.flow().flowId())
                .param("name", run.flow().name())
                .param("version", run.flow().version())
                .param("client", run.client().value())
                .param("event", run.eventId())
                .param("correlation", run.correlation().value())
                .param("phone", run.phone())
                .param("input", Json.write(run.input()))
                .param("depth", run.depth())
                .param("now", Timestamp.from(now))
                .param("here", here)
                .param("node", node.nodeId())
                .param("epoch", node.epoch())
                .query(String.class)
                .single();
        return new Stored(
                known, here && known.equals(run.runId()) ? Optional.of(begun(tenant, run, now)) : Optional.empty());
    }

    private RunLease begun(TenantId tenant, NewRun run, Instant now) {
        var runLease = new RunLease(tenant, run.runId(), 1);
        return clients.find(TenantScope.of(tenant), run.client())
                .map(client -> new RunContext(
                        runLease,
                        run.flow().flowId(),
                        client,
                        run.correlation(),
                        flows.definition(tenant, run.flow().flowId(), run.flow().version()),
                        run.input(),
                        now,
                        0,
                        Optional.empty(),
                        Set.of()))
                .map(context -> new RunLease(tenant, run.runId(), 1, Optional.of(context)))
                .orElse(runLease);
    }

    /** Everything a walk needs; empty when somebody else has the run's turn by now. */
    Optional<RunContext> load(RunLease runLease) {
        return tenancy.inTenant(
                runLease.tenant(),
                () -> jdbc.sql(CONTEXT + " AND turn = :turn AND status = 'running'")
                        .param("tenant", runLease.tenant().value())
                        .param("run", runLease.runId())
                        .param("turn", runLease.number())
                        .query((row, number) -> context(runLease, row))
                        .optional());
    }

    /** A run that cannot even be loaded waits for a person. */
    void park(RunLease runLease, String sentence, Instant now) {
        tenancy.inTenant(
                runLease.tenant(),
                () -> jdbc.sql("""
                        UPDATE patchbay.run SET status = 'parked', ended_at = :now, owner_node = NULL, owner_epoch = NULL,
                          cause_code = 'bug', cause_sentence = :sentence
                        WHERE tenant_id = :tenant AND run_id = :run AND turn = :turn""")
                        .param("now", Timestamp.from(now))
                        .param("sentence", sentence)
                        .param("tenant", runLease.tenant().value())
                        .param("run", runLease.runId())
                        .param("turn", runLease.number())
                        .update());
    }

    /** The run as it stands, walked by nobody. */
    RunContext standing(TenantId tenant, String runId) {
        return tenancy.inTenant(
                tenant,
                () -> jdbc.sql(CONTEXT)
                        .param("tenant", tenant.value())
                        .param("run", runId)
                        .query((row, number) -> context(new RunLease(tenant, runId, 0), row))
                        .single());
    }

    /** That version of a flow, read; empty when there is none. */
    Optional<FlowDefinition> definition(TenantId tenant, String flowId, String version) {
        return tenancy.inTenant(
                tenant,
                () -> flows.versions(tenant, flowId).stream()
                        .filter(known -> known.version().equals(version))
                        .findFirst()
                        .map(known -> flows.definition(tenant, flowId, version)));
    }

    private RunContext context(RunLease runLease, ResultSet row) throws SQLException {
        var client = clients.find(TenantScope.of(runLease.tenant()), new ClientId(row.getString("client_id")))
                .orElseThrow();
        return new RunContext(
                runLease,
                row.getString("flow_id"),
                client,
                new CorrelationId(row.getString("correlation_id")),
                flows.definition(runLease.tenant(), row.getString("flow_id"), row.getString("version")),
                Json.read(row.getString("input")),
                row.getTimestamp("started_at").toInstant(),
                row.getInt("pass"),
                Optional.ofNullable(row.getString("ending")),
                Set.of((String[]) row.getArray("repeat_tasks").getArray()));
    }
}
