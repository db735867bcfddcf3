package dev.patchbay.flows.internal.run;

import dev.patchbay.connections.http.Exchange;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.JsonNode;

/**
 * The journal people see and runs go on from: steps and attempts, written only by who has the run's turn. What the ledger
 * learnt is kept in any case.
 */
@Repository
class Journal {

    private static final String OF_STEP =
            " WHERE s.tenant_id = :tenant AND s.run_id = :run AND s.pass = :pass AND s.pointer = :pointer AND s.iteration = :iteration";

    private static final String WRITE = """
            INSERT INTO patchbay.step AS s (tenant_id, run_id, pass, pointer, iteration, name, status, call, effect_key,
              input, output, attempts, renewed, reused, started_at, ended_at, due_at)
            SELECT r.tenant_id, r.run_id, :pass, :pointer, :iteration, :name, :status, :call, :key,
              :input::jsonb, :output::jsonb, :attempts, :renewed, :reused, :started, :ended,
              clock_timestamp() + :wait::bigint * interval '1 ms'
            FROM patchbay.run r WHERE r.tenant_id = :tenant AND r.run_id = :run AND r.turn = :turn /* lock */
            ON CONFLICT (tenant_id, run_id, pass, pointer, iteration) DO UPDATE SET
              status = excluded.status, effect_key = excluded.effect_key, output = excluded.output,
              attempts = excluded.attempts, renewed = excluded.renewed, ended_at = excluded.ended_at,
              due_at = coalesce(excluded.due_at, s.due_at)""";

    private static final String WRITE_LINE = WRITE.replace("/* lock */", "");
    /** Whoever takes the turn away waits until what is claimed with this line is written, and then sees it. */
    private static final String WRITE_HELD = WRITE.replace("/* lock */", "FOR SHARE OF r");

    private static final String WRITE_ATTEMPT = "WITH s AS (" + WRITE_LINE + """
             RETURNING s.tenant_id, s.run_id, s.pass, s.pointer, s.iteration)
            INSERT INTO patchbay.attempt
              (tenant_id, run_id, pass, pointer, iteration, started_at, milliseconds, exchanges, outcome)
            SELECT s.*, :from, :milliseconds, :exchanges::jsonb, :outcome FROM s""";

    private final JdbcClient jdbc;
    private final Tenancy tenancy;

    Journal(JdbcClient jdbc, Tenancy tenancy) {
        this.jdbc = jdbc;
        this.tenancy = tenancy;
    }

    /** All lines of a run, in the order in which they were first written. */
    List<StepRecord> lines(TenantId tenant, String runId) {
        return tenancy.inTenant(
                tenant,
                () -> jdbc.sql("""
                        SELECT *, (extract(epoch FROM due_at - clock_timestamp()) * 1000)::bigint AS left_ms
                        FROM patchbay.step WHERE tenant_id = :tenant AND run_id = :run ORDER BY position""")
                        .param("tenant", tenant.value())
                        .param("run", runId)
                        .query((row, number) -> line(row))
                        .list());
    }

    private static StepRecord line(ResultSet row) throws SQLException {
        Timestamp ended = row.getTimestamp("ended_at");
        long left = row.getLong("left_ms");
        boolean waits = !row.wasNull();
        return new StepRecord(
                new StepId(row.getString("pointer"), row.getString("name"), row.getInt("iteration")),
                row.getInt("pass"),
                row.getString("status"),
                row.getString("call"),
                row.getString("effect_key"),
                json(row.getString("input")),
                json(row.getString("output")),
                row.getInt("attempts"),
                row.getBoolean("renewed"),
                row.getBoolean("reused"),
                row.getTimestamp("undone_at") != null,
                row.getTimestamp("started_at").toInstant(),
                ended == null ? null : ended.toInstant(),
                waits ? Duration.ofMillis(left) : null);
    }

    private static @Nullable JsonNode json(@Nullable String text) {
        return text == null ? null : Json.read(text);
    }

    private static @Nullable String text(@Nullable JsonNode value) {
        return value == null ? null : Json.storable(value);
    }

    private static @Nullable Long millis(@Nullable Duration length) {
        return length == null ? null : length.toMillis();
    }

    /** Writes a line, or what became of it. False: somebody else has the run's turn. */
    boolean write(RunContext run, StepRecord stepRecord) {
        return line(jdbc.sql(WRITE_LINE), run, stepRecord).update() == 1;
    }

    /** As {@link #write}; the turn is this walk's until the transaction ends. */
    boolean writeHeld(RunContext run, StepRecord stepRecord) {
        return line(jdbc.sql(WRITE_HELD), run, stepRecord).update() == 1;
    }

    /** As {@link #write}, together with what an attempt at the step said and heard. */
    boolean write(RunContext run, StepRecord stepRecord, Attempted attempt) {
        return line(jdbc.sql(WRITE_ATTEMPT), run, stepRecord)
                        .param("from", Timestamp.from(attempt.from()))
                        .param(
                                "milliseconds",
                                Duration.between(attempt.from(), attempt.to()).toMillis())
                        .param("exchanges", Json.storable(attempt.exchanges()))
                        .param("outcome", attempt.outcome())
                        .update()
                == 1;
    }

    /** Whether this walk has the run's turn, and keeps it until the transaction ends. */
    boolean mine(RunContext run) {
        return jdbc.sql("""
                        SELECT 1 FROM patchbay.run
                        WHERE tenant_id = :tenant AND run_id = :run AND turn = :turn FOR SHARE""")
                .param("tenant", run.tenant().value())
                .param("run", run.runId())
                .param("turn", run.turn().number())
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    /** What an attempt said and heard, and what came of it. */
    record Attempted(Instant from, Instant to, List<Exchange> exchanges, String outcome) {}

    private static JdbcClient.StatementSpec line(
            JdbcClient.StatementSpec statement, RunContext run, StepRecord stepRecord) {
        return statement
                .param("tenant", run.tenant().value())
                .param("run", run.runId())
                .param("turn", run.turn().number())
                .param("pass", stepRecord.pass())
                .param("pointer", stepRecord.step().pointer())
                .param("iteration", stepRecord.step().iteration())
                .param("name", stepRecord.step().name())
                .param("status", stepRecord.status())
                .param("call", stepRecord.call())
                .param("key", stepRecord.effectKey())
                .param("input", text(stepRecord.input()))
                .param("output", text(stepRecord.output()))
                .param("attempts", stepRecord.attempts())
                .param("renewed", stepRecord.renewed())
                .param("reused", stepRecord.reused())
                .param("started", Timestamp.from(stepRecord.startedAt()))
                .param("ended", stepRecord.endedAt() == null ? null : Timestamp.from(stepRecord.endedAt()))
                .param("wait", millis(stepRecord.left()));
    }

    /** The step's compensation was done. */
    void undone(RunContext run, StepRecord stepRecord, Instant now) {
        tenancy.inTenant(
                run.tenant(),
                () -> jdbc.sql("UPDATE patchbay.step s SET undone_at = :now" + OF_STEP)
                        .param("now", Timestamp.from(now))
                        .param("tenant", run.tenant().value())
                        .param("run", run.runId())
                        .param("pass", stepRecord.pass())
                        .param("pointer", stepRecord.step().pointer())
                        .param("iteration", stepRecord.step().iteration())
                        .update());
    }

    /**
     * The run waits and nobody walks it.
     *
     * @param wait null: until somebody wakes it
     */
    boolean waits(RunContext run, @Nullable Duration wait) {
        return changed(run, """
                status = 'waiting', owner_node = NULL, owner_epoch = NULL,
                wake_at = clock_timestamp() + :wait::bigint * interval '1 ms'""", s -> s.param("wait", millis(wait)));
    }

    /** It will end so once everything is undone. */
    boolean ending(RunContext run, String ending, Cause cause) {
        return changed(run, """
                ending = :ending, cause_code = :code, cause_sentence = :sentence, cause_step = :step, output = :error::jsonb,
                ending_cause = jsonb_build_object('code', :code, 'sentence', :sentence, 'step', :step)""", s -> cause.on(s).param("ending", ending));
    }

    /** A run is over. */
    boolean ended(RunContext run, String status, @Nullable JsonNode output, Instant now) {
        return changed(
                run,
                """
                status = :status, output = coalesce(:output::jsonb, output), ended_at = :now,
                cause_code = ending_cause->>'code', cause_sentence = ending_cause->>'sentence', cause_step = ending_cause->>'step',
                owner_node = NULL, owner_epoch = NULL, wake_at = NULL""",
                s -> s.param("status", status).param("output", text(output)).param("now", Timestamp.from(now)));
    }

    /** It stopped and waits for a person: a dead letter. */
    boolean parked(RunContext run, Cause cause, Instant now) {
        return changed(run, """
                status = 'parked', output = :error::jsonb, ended_at = :now, owner_node = NULL, owner_epoch = NULL,
                wake_at = NULL, cause_code = :code, cause_sentence = :sentence, cause_step = :step""", s -> cause.on(s).param("now", Timestamp.from(now)));
    }

    /**
     * Why a run did not complete.
     *
     * @param code a reason's, or {@code raised}
     */
    record Cause(String code, String sentence, String step, JsonNode error) {

        private JdbcClient.StatementSpec on(JdbcClient.StatementSpec statement) {
            return statement
                    .param("code", code)
                    .param("sentence", sentence)
                    .param("step", step)
                    .param("error", Json.storable(error));
        }
    }

    private boolean changed(
            RunContext run, String assignments, java.util.function.UnaryOperator<JdbcClient.StatementSpec> parameters) {
        return parameters
                        .apply(jdbc.sql("UPDATE patchbay.run SET " + assignments
                                        + " WHERE tenant_id = :tenant AND run_id = :run AND turn = :turn")
                                .param("tenant", run.tenant().value())
                                .param("run", run.runId())
                                .param("turn", run.turn().number()))
                        .update()
                == 1;
    }
}
