package dev.patchbay.flows.run;

import dev.patchbay.connections.http.Exchange;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.RunId;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.JsonNode;

/** The journal that people see and runs continue from: steps and attempts. A process writes them only under its lease of the run. */
@Repository
class StepRepository {

    private static final String WRITE = """
            INSERT INTO patchbay.step AS s (tenant_id, run_id, pass, pointer, iteration, name, status, call, effect_key,
              input, output, notes, attempts, token_renewed, reused, started_at, ended_at, due_at, absence_ms)
            SELECT r.tenant_id, r.run_id, :pass, :pointer, :iteration, :name, :status, :call, :key,
              :input::jsonb, :output::jsonb, :notes, :attempts, :tokenRenewed, :reused, :started, :ended,
              clock_timestamp() + :wait::bigint * interval '1 ms', r.absence_ms
            FROM patchbay.run r WHERE r.tenant_id = :tenant AND r.run_id = :run AND r.fencing_token = :token /* lock */
            ON CONFLICT (tenant_id, run_id, pass, pointer, iteration) DO UPDATE SET
              status = excluded.status, effect_key = excluded.effect_key, output = excluded.output,
              attempts = excluded.attempts, token_renewed = excluded.token_renewed, ended_at = excluded.ended_at,
              due_at = coalesce(excluded.due_at, s.due_at)""";

    private static final String WRITE_STEP = WRITE.replace("/* lock */", "");
    /** A process that takes the lease waits until the claim of this step's effect is written, and then sees it. */
    private static final String WRITE_HOLDING_LEASE = WRITE.replace("/* lock */", "FOR SHARE OF r");

    private static final String WRITE_WITH_ATTEMPT = "WITH s AS (" + WRITE_STEP + """
             RETURNING s.tenant_id, s.run_id, s.pass, s.pointer, s.iteration)
            INSERT INTO patchbay.attempt
              (tenant_id, run_id, pass, pointer, iteration, started_at, milliseconds, exchanges, outcome)
            SELECT s.*, :from, :milliseconds, :exchanges::jsonb, :outcome FROM s""";

    private final JdbcClient jdbc;
    private final Tenancy tenancy;

    StepRepository(JdbcClient jdbc, Tenancy tenancy) {
        this.jdbc = jdbc;
        this.tenancy = tenancy;
    }

    /** All steps of a run, in the order in which they were first written. */
    List<StepRecord> findAll(TenantId tenant, RunId runId) {
        return tenancy.inTenant(
                tenant,
                () -> jdbc.sql("""
                        SELECT s.*, (extract(epoch FROM s.due_at - clock_timestamp()) * 1000)::bigint AS remaining_ms,
                          greatest(0, r.absence_ms - s.absence_ms) AS absent_ms
                        FROM patchbay.step s JOIN patchbay.run r USING (tenant_id, run_id)
                        WHERE s.tenant_id = :tenant AND s.run_id = :run ORDER BY s.position""")
                        .param("tenant", tenant.value())
                        .param("run", runId.value())
                        .query((row, number) -> step(row))
                        .list());
    }

    private static StepRecord step(ResultSet row) throws SQLException {
        return new StepRecord(
                new StepId(row.getString("pointer"), row.getString("name"), row.getInt("iteration")),
                row.getInt("pass"),
                StepStatus.of(row.getString("status")),
                row.getString("call"),
                row.getString("effect_key"),
                json(row.getString("input")),
                json(row.getString("output")),
                List.of((String[]) row.getArray("notes").getArray()),
                row.getInt("attempts"),
                row.getBoolean("token_renewed"),
                row.getBoolean("reused"),
                row.getTimestamp("undone_at") != null,
                row.getTimestamp("started_at").toInstant(),
                Duration.ofMillis(row.getLong("absent_ms")),
                Optional.ofNullable(row.getTimestamp("ended_at"))
                        .map(Timestamp::toInstant)
                        .orElse(null),
                Optional.ofNullable(row.getObject("remaining_ms", Long.class))
                        .map(Duration::ofMillis)
                        .orElse(null));
    }

    private static @Nullable JsonNode json(@Nullable String text) {
        return text == null ? null : Json.read(text);
    }

    private static @Nullable String text(@Nullable JsonNode value) {
        return value == null ? null : Json.write(value);
    }

    /** @return false: the lease is lost */
    boolean save(RunLease lease, StepRecord step) {
        return bind(jdbc.sql(WRITE_STEP), lease, step).update() == 1;
    }

    /**
     * As {@link #save}, and keeps the lease until the transaction ends.
     *
     * @return false: the lease is lost
     */
    boolean saveHoldingLease(RunLease lease, StepRecord step) {
        return bind(jdbc.sql(WRITE_HOLDING_LEASE), lease, step).update() == 1;
    }

    /** One attempt at a step: what was sent and received, redacted, and the outcome. */
    record AttemptRecord(Instant startedAt, Instant endedAt, List<Exchange> exchanges, String outcome) {}

    /**
     * As {@link #save}, together with an attempt at the step.
     *
     * @return false: the lease is lost
     */
    boolean save(RunLease lease, StepRecord step, AttemptRecord attempt) {
        return bind(jdbc.sql(WRITE_WITH_ATTEMPT), lease, step)
                        .param("from", Timestamp.from(attempt.startedAt()))
                        .param(
                                "milliseconds",
                                Duration.between(attempt.startedAt(), attempt.endedAt())
                                        .toMillis())
                        .param("exchanges", Json.write(attempt.exchanges()))
                        .param("outcome", attempt.outcome())
                        .update()
                == 1;
    }

    private static StatementSpec bind(StatementSpec statement, RunLease lease, StepRecord step) {
        return identify(statement, lease.tenant(), lease.runId(), step)
                .param("token", lease.fencingToken())
                .param("name", step.id().name())
                .param("status", step.status().code())
                .param("call", step.call())
                .param("key", step.effectKey())
                .param("input", text(step.input()))
                .param("output", text(step.output()))
                .param("notes", step.notes().toArray(String[]::new))
                .param("attempts", step.attempts())
                .param("tokenRenewed", step.tokenRenewed())
                .param("reused", step.reused())
                .param("started", Timestamp.from(step.startedAt()))
                .param("ended", timestamp(step.endedAt()))
                .param(
                        "wait",
                        Optional.ofNullable(step.remainingWait())
                                .map(Duration::toMillis)
                                .orElse(null));
    }

    private static @Nullable Timestamp timestamp(@Nullable Instant instant) {
        return instant == null ? null : Timestamp.from(instant);
    }

    private static StatementSpec identify(StatementSpec statement, TenantId tenant, RunId runId, StepRecord step) {
        return statement
                .param("tenant", tenant.value())
                .param("run", runId.value())
                .param("pass", step.pass())
                .param("pointer", step.id().pointer())
                .param("iteration", step.id().iteration());
    }

    /** Writes what a person decided about a step whose run is locked. */
    void saveDecision(TenantId tenant, RunId runId, StepRecord step) {
        identify(jdbc.sql("""
                        UPDATE patchbay.step SET status = :status, output = :output::jsonb, ended_at = :ended
                        WHERE tenant_id = :tenant AND run_id = :run AND pass = :pass AND pointer = :pointer
                          AND iteration = :iteration"""), tenant, runId, step)
                .param("status", step.status().code())
                .param("output", text(step.output()))
                .param("ended", timestamp(step.endedAt()))
                .update();
    }

    /** The step's compensation has run. */
    void markUndone(TenantId tenant, RunId runId, StepRecord step, Instant now) {
        tenancy.inTenant(
                tenant,
                () -> identify(jdbc.sql("""
                        UPDATE patchbay.step SET undone_at = :now
                        WHERE tenant_id = :tenant AND run_id = :run AND pass = :pass AND pointer = :pointer
                          AND iteration = :iteration"""), tenant, runId, step)
                        .param("now", Timestamp.from(now))
                        .update());
    }
}
