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
import java.sql.Timestamp;
import java.time.Duration;
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
              repeat_tasks, absence_ms,
              CASE WHEN absent_from IS NOT NULL THEN greatest(absent_from, (
                SELECT max(greatest(s.started_at, s.ended_at)) FROM patchbay.step s
                WHERE s.tenant_id = :tenant AND s.run_id = :run)) END AS absent_from
            FROM patchbay.run WHERE tenant_id = :tenant AND run_id = :run""";

    /** A due run usually waits this long for the next poll; so little counts as no absence. */
    private static final Duration POLL_DELAY = Duration.ofSeconds(1);

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

    /**
     * The context of a run that this process executes; empty when the lease is lost. Counts the time since a process last wrote a
     * step, or since the run should have continued, as {@link RunContext#absence absence}: an attempt that the death of its
     * process cut off is part of it.
     */
    Optional<RunContext> find(RunLease lease, Instant now) {
        return tenancy.inTenant(
                lease.tenant(),
                () -> jdbc.sql(SELECT + " AND fencing_token = :token AND status = 'running'")
                        .param("tenant", lease.tenant().value())
                        .param("run", lease.runId().value())
                        .param("token", lease.fencingToken())
                        .query((row, number) -> context(lease, row, absenceUntil(now, row)))
                        .optional()
                        .map(run -> recordAbsence(run, now)));
    }

    private static Duration absenceUntil(Instant now, ResultSet row) throws SQLException {
        var recorded = Duration.ofMillis(row.getLong("absence_ms"));
        var from = row.getTimestamp("absent_from");
        var absence = from == null ? Duration.ZERO : Duration.between(from.toInstant(), now);
        return absence.compareTo(POLL_DELAY) > 0 ? recorded.plus(absence) : recorded;
    }

    private RunContext recordAbsence(RunContext run, Instant now) {
        jdbc.sql("""
                        UPDATE patchbay.run SET absence_ms = :absence, absent_from = :now
                        WHERE tenant_id = :tenant AND run_id = :run AND fencing_token = :token AND absence_ms < :absence""")
                .param("absence", run.absence().toMillis())
                .param("now", Timestamp.from(now))
                .param("tenant", run.tenant().value())
                .param("run", run.runId().value())
                .param("token", run.lease().fencingToken())
                .update();
        return run;
    }

    /** The context of a run that nothing executes. */
    RunContext read(TenantId tenant, RunId runId) {
        return tenancy.inTenant(
                tenant,
                () -> jdbc.sql(SELECT)
                        .param("tenant", tenant.value())
                        .param("run", runId.value())
                        .query((row, number) -> context(new RunLease(tenant, runId, 0), row, Duration.ZERO))
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
                        Duration.ZERO,
                        0,
                        Optional.empty(),
                        Set.of()));
    }

    private RunContext context(RunLease lease, ResultSet row, Duration absence) throws SQLException {
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
                absence,
                row.getInt("pass"),
                Optional.ofNullable(row.getString("ending")).map(RunStatus::of),
                Set.of((String[]) row.getArray("repeat_tasks").getArray()));
    }
}
