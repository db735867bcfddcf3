package dev.patchbay.flows.run;

import dev.patchbay.effects.NodeLease;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.ConversationChanged;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.EventId;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.RunId;
import dev.patchbay.kernel.TenantId;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.JsonNode;

/**
 * Stores runs and every change of their status. Each method joins the caller's transaction. A change by a process holds only
 * under the fencing token of its lease; a change by a person takes the lease away.
 */
@Repository
class RunRepository {

    private final JdbcClient jdbc;
    private final NodeLease node;
    private final ApplicationEventPublisher publisher;

    RunRepository(JdbcClient jdbc, NodeLease node, ApplicationEventPublisher publisher) {
        this.jdbc = jdbc;
        this.node = node;
        this.publisher = publisher;
    }

    /**
     * Stores the run, or returns the run that already exists for its flow and event.
     *
     * @param claimed whether this process executes it; otherwise the next process that polls claims it
     */
    RunId insert(TenantId tenant, NewRun run, boolean claimed, Instant now) {
        return jdbc.sql("""
                        INSERT INTO patchbay.run AS known (tenant_id, run_id, flow_id, flow_name, version, client_id, event_id,
                          correlation_id, phone, status, input, cause_depth, started_at, absent_from, fencing_token, owner_node, owner_epoch, wake_at)
                        VALUES (:tenant, :run, :flow, :name, :version, :client, :event, :correlation, :phone,
                          CASE WHEN :claimed THEN 'running' ELSE 'waiting' END, :input::jsonb, :causeDepth, :now, :now, 1,
                          CASE WHEN :claimed THEN :node END, CASE WHEN :claimed THEN :epoch::bigint END,
                          CASE WHEN :claimed THEN NULL ELSE clock_timestamp() END)
                        ON CONFLICT (tenant_id, flow_id, event_id) DO UPDATE SET event_id = known.event_id
                        RETURNING run_id""")
                .param("tenant", tenant.value())
                .param("run", run.runId().value())
                .param("flow", run.flow().flowId().value())
                .param("name", run.flow().name())
                .param("version", run.flow().version())
                .param("client", run.client().value())
                .param(
                        "event",
                        Optional.ofNullable(run.eventId()).map(EventId::value).orElse(null))
                .param("correlation", run.correlation().value())
                .param("phone", run.phone())
                .param("input", Json.write(run.input()))
                .param("causeDepth", run.causeDepth())
                .param("now", Timestamp.from(now))
                .param("claimed", claimed)
                .param("node", node.nodeId())
                .param("epoch", node.epoch())
                .query((row, number) -> new RunId(row.getString("run_id")))
                .single();
    }

    /** Says whether the process still holds the lease, and keeps it until the transaction ends. */
    boolean holdsLease(RunLease lease) {
        return jdbc.sql("""
                        SELECT 1 FROM patchbay.run
                        WHERE tenant_id = :tenant AND run_id = :run AND fencing_token = :token FOR SHARE""")
                .param("tenant", lease.tenant().value())
                .param("run", lease.runId().value())
                .param("token", lease.fencingToken())
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    /**
     * Suspends the run, so that no process owns it.
     *
     * @param wait the time until it continues; null means until a person wakes it
     * @param absentFrom the moment from which on waiting counts against no time limit; null while a person is asked
     * @param waitsFor the connection whose outage it waits out; null when it waits for something else
     * @return false when the lease is lost
     */
    boolean suspend(
            RunLease lease, @Nullable Duration wait, @Nullable Instant absentFrom, @Nullable ConnectionId waitsFor) {
        return update(
                lease,
                RunStatus.WAITING,
                jdbc.sql("""
                        UPDATE patchbay.run SET status = 'waiting', owner_node = NULL, owner_epoch = NULL,
                          wake_at = clock_timestamp() + :wait::bigint * interval '1 ms', absent_from = :absentFrom, waits_for = :waitsFor
                        WHERE tenant_id = :tenant AND run_id = :run AND fencing_token = :token AND status = ANY (:from) RETURNING correlation_id""")
                        .param("wait", wait == null ? null : wait.toMillis())
                        .param("absentFrom", absentFrom == null ? null : Timestamp.from(absentFrom), Types.TIMESTAMP)
                        .param("waitsFor", waitsFor == null ? null : waitsFor.value()));
    }

    /**
     * Begins the compensation; when all compensations have run, the run fails for this cause.
     *
     * @return false when the lease is lost
     */
    boolean beginCompensation(RunLease lease, RunCause cause) {
        return update(lease, RunStatus.RUNNING, bind(cause, jdbc.sql("""
                        UPDATE patchbay.run SET ending = 'failed', cause_code = :code, cause_sentence = :sentence, cause_step = :step,
                          output = :error::jsonb,
                          ending_cause = jsonb_build_object('code', :code, 'sentence', :sentence, 'step', :step)
                        WHERE tenant_id = :tenant AND run_id = :run AND fencing_token = :token AND status = ANY (:from) RETURNING correlation_id""")));
    }

    /** @return false when the lease is lost */
    boolean complete(RunLease lease, JsonNode output, Instant now) {
        return end(lease, RunStatus.COMPLETED, output, now);
    }

    /**
     * Ends a run after its compensations, with the cause that it had when they began.
     *
     * @return false when the lease is lost
     */
    boolean endCompensated(RunLease lease, RunStatus ending, Instant now) {
        return end(lease, ending, null, now);
    }

    private boolean end(RunLease lease, RunStatus status, @Nullable JsonNode output, Instant now) {
        return update(
                lease,
                status,
                jdbc.sql("""
                        UPDATE patchbay.run SET status = :status, output = coalesce(:output::jsonb, output), ended_at = :now,
                          cause_code = ending_cause->>'code', cause_sentence = ending_cause->>'sentence',
                          cause_step = ending_cause->>'step', owner_node = NULL, owner_epoch = NULL, wake_at = NULL
                        WHERE tenant_id = :tenant AND run_id = :run AND fencing_token = :token AND status = ANY (:from) RETURNING correlation_id""")
                        .param("status", status.code())
                        .param("output", output == null ? null : Json.write(output))
                        .param("now", Timestamp.from(now)));
    }

    /**
     * Parks the run as a dead letter, which waits for a person.
     *
     * @return false when the lease is lost
     */
    boolean park(RunLease lease, RunCause cause, Instant now) {
        return update(lease, RunStatus.PARKED, bind(cause, jdbc.sql("""
                        UPDATE patchbay.run SET status = 'parked', output = coalesce(:error::jsonb, output), ended_at = :now, owner_node = NULL,
                          owner_epoch = NULL, wake_at = NULL, cause_code = :code, cause_sentence = :sentence, cause_step = :step
                        WHERE tenant_id = :tenant AND run_id = :run AND fencing_token = :token AND status = ANY (:from) RETURNING correlation_id""")).param("now", Timestamp.from(now)));
    }

    private static StatementSpec bind(RunCause cause, StatementSpec statement) {
        return statement
                .param("code", cause.code())
                .param("sentence", cause.sentence())
                .param("step", cause.step())
                .param("error", cause.error() == null ? null : Json.write(cause.error()));
    }

    private boolean update(RunLease lease, RunStatus next, StatementSpec statement) {
        return announce(
                lease.tenant(),
                statement
                        .param("tenant", lease.tenant().value())
                        .param("run", lease.runId().value())
                        .param("token", lease.fencingToken())
                        .param("from", next.predecessors()));
    }

    /** Executes the change and announces it, so that read models are written in the same transaction. */
    private boolean announce(TenantId tenant, StatementSpec change) {
        var correlation = change.query(String.class).optional().map(CorrelationId::new);
        correlation.ifPresent(changed -> announceChange(tenant, changed));
        return correlation.isPresent();
    }

    /** Announces, in the caller's transaction, that a run's status or its bookings changed. */
    void announceChange(TenantId tenant, CorrelationId correlation) {
        publisher.publishEvent(new ConversationChanged(tenant, correlation));
    }

    void pause(RunSnapshot run) {
        update(run, RunStatus.PAUSED, jdbc.sql("""
                        UPDATE patchbay.run SET fencing_token = fencing_token + 1, owner_node = NULL, owner_epoch = NULL,
                          status = 'paused', wake_at = NULL
                        WHERE tenant_id = :tenant AND run_id = :run AND status = ANY (:from) RETURNING correlation_id"""));
    }

    /** Wakes a waiting run, so that a process continues it at once. */
    void wake(RunSnapshot run) {
        update(run, RunStatus.WAITING, jdbc.sql("""
                        UPDATE patchbay.run SET fencing_token = fencing_token + 1, owner_node = NULL, owner_epoch = NULL,
                          status = 'waiting', wake_at = clock_timestamp(), absent_from = clock_timestamp(), ended_at = NULL
                        WHERE tenant_id = :tenant AND run_id = :run AND status = ANY (:from) RETURNING correlation_id"""));
    }

    /** Wakes a run that was parked for a step which a person has settled, so that a process continues it at once. */
    void unpark(RunSnapshot run) {
        update(run, RunStatus.WAITING, jdbc.sql("""
                        UPDATE patchbay.run SET fencing_token = fencing_token + 1, owner_node = NULL, owner_epoch = NULL,
                          status = 'waiting', wake_at = clock_timestamp(), absent_from = clock_timestamp(), ended_at = NULL,
                          cause_code = NULL, cause_sentence = NULL, cause_step = NULL, output = NULL
                        WHERE tenant_id = :tenant AND run_id = :run AND status = ANY (:from) RETURNING correlation_id"""));
    }

    /** Cancels the run: a process runs its compensations at once and then ends it as cancelled. */
    void cancel(RunSnapshot run, String reason) {
        update(run, RunStatus.WAITING, jdbc.sql("""
                        UPDATE patchbay.run SET fencing_token = fencing_token + 1, owner_node = NULL, owner_epoch = NULL,
                          status = 'waiting', wake_at = clock_timestamp(), absent_from = clock_timestamp(), ended_at = NULL,
                          ending = 'cancelled', cause_code = 'cancelled', cause_sentence = :reason,
                          ending_cause = jsonb_build_object('code', 'cancelled', 'sentence', :reason::text)
                        WHERE tenant_id = :tenant AND run_id = :run AND status = ANY (:from) RETURNING correlation_id""").param("reason", reason));
    }

    /** Starts the next pass of the run after the delay. */
    void startReplay(RunSnapshot run, RunContext next, Duration delay) {
        update(
                run,
                RunStatus.WAITING,
                jdbc.sql("""
                        UPDATE patchbay.run SET fencing_token = fencing_token + 1, owner_node = NULL, owner_epoch = NULL,
                          status = 'waiting', wake_at = clock_timestamp() + :delay * interval '1 ms', pass = :pass,
                          absent_from = clock_timestamp() + :delay * interval '1 ms', absence_ms = 0,
                          version = :version, pass_started_at = clock_timestamp() + :delay * interval '1 ms',
                          input = :input::jsonb, repeat_tasks = :repeat, ending = NULL, ended_at = NULL, output = NULL,
                          cause_code = NULL, cause_sentence = NULL, cause_step = NULL, ending_cause = NULL
                        WHERE tenant_id = :tenant AND run_id = :run AND status = ANY (:from) RETURNING correlation_id""")
                        .param("delay", delay.toMillis())
                        .param("pass", next.pass())
                        .param("version", next.definition().document().version())
                        .param("input", Json.write(next.input()))
                        .param("repeat", next.repeatTasks().toArray(new String[0])));
    }

    /** Continues the stopped compensation after the delay, in the same pass. */
    void restartCompensation(RunSnapshot run, Duration delay) {
        update(
                run,
                RunStatus.WAITING,
                jdbc.sql("""
                        UPDATE patchbay.run SET fencing_token = fencing_token + 1, owner_node = NULL, owner_epoch = NULL,
                          status = 'waiting', wake_at = clock_timestamp() + :delay * interval '1 ms', ended_at = NULL,
                          absent_from = clock_timestamp() + :delay * interval '1 ms',
                          repeat_tasks = ARRAY[:restart]
                        WHERE tenant_id = :tenant AND run_id = :run AND status = ANY (:from) RETURNING correlation_id""").param("delay", delay.toMillis()).param("restart", Compensation.RESTART));
    }

    private void update(RunSnapshot run, RunStatus next, StatementSpec statement) {
        announce(
                run.tenant(),
                statement
                        .param("tenant", run.tenant().value())
                        .param("run", run.runId().value())
                        .param("from", next.predecessors()));
    }
}
