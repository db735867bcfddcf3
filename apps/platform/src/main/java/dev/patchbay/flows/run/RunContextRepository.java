package dev.patchbay.flows.run;

import dev.patchbay.flows.definition.FlowDefinitions;
import dev.patchbay.iam.tenants.Clients;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.EventId;
import dev.patchbay.kernel.FlowId;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.RunId;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads all that an execution of a run needs. */
@Repository
class RunContextRepository {

    private static final String SELECT = """
            SELECT flow_id, version, client_id, correlation_id, event_id, input, coalesce(pass_started_at, started_at) AS started_at, pass, ending,
              repeat_tasks
            FROM patchbay.run WHERE tenant_id = :tenant AND run_id = :run""";

    private final JdbcClient jdbc;
    private final Tenancy tenancy;
    private final FlowDefinitions flows;
    private final Clients clients;

    RunContextRepository(JdbcClient jdbc, Tenancy tenancy, FlowDefinitions flows, Clients clients) {
        this.jdbc = jdbc;
        this.tenancy = tenancy;
        this.flows = flows;
        this.clients = clients;
    }

    /** The context of a run that this process executes; empty when the lease is lost. */
    Optional<RunContext> find(RunLease lease) {
        return tenancy.inTenant(
                lease.tenant(),
                () -> jdbc.sql(SELECT + " AND fencing_token = :token AND status = 'running'")
                        .param("tenant", lease.tenant().value())
                        .param("run", lease.runId().value())
                        .param("token", lease.fencingToken())
                        .query((row, number) -> context(lease, row))
                        .optional());
    }

    /** The context of a run that nothing executes. */
    RunContext read(TenantId tenant, RunId runId) {
        return tenancy.inTenant(
                tenant,
                () -> jdbc.sql(SELECT)
                        .param("tenant", tenant.value())
                        .param("run", runId.value())
                        .query((row, number) -> context(new RunLease(tenant, runId, 0), row))
                        .single());
    }

    /** The context of a run that was stored just now; empty when its client is gone. */
    Optional<RunContext> first(RunLease lease, NewRun run, Instant now) {
        return clients.find(TenantScope.of(lease.tenant()), run.client())
                .map(client -> new RunContext(
                        lease,
                        run.flow().flowId(),
                        client,
                        run.correlation(),
                        Optional.ofNullable(run.eventId()),
                        flows.definition(
                                lease.tenant(), run.flow().flowId(), run.flow().version()),
                        run.input(),
                        now,
                        0,
                        Optional.empty(),
                        Set.of()));
    }

    private RunContext context(RunLease lease, ResultSet row) throws SQLException {
        var flow = new FlowId(row.getString("flow_id"));
        return new RunContext(
                lease,
                flow,
                clients.find(TenantScope.of(lease.tenant()), new ClientId(row.getString("client_id")))
                        .orElseThrow(),
                new CorrelationId(row.getString("correlation_id")),
                Optional.ofNullable(row.getString("event_id")).map(EventId::new),
                flows.definition(lease.tenant(), flow, row.getString("version")),
                Json.read(row.getString("input")),
                row.getTimestamp("started_at").toInstant(),
                row.getInt("pass"),
                Optional.ofNullable(row.getString("ending")).map(RunStatus::of),
                Set.of((String[]) row.getArray("repeat_tasks").getArray()));
    }
}
