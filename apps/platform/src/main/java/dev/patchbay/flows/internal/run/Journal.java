package dev.patchbay.flows.internal.run;

import dev.patchbay.connections.http.Exchange;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.database.Tenancy;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.JsonNode;

/** The journal people read: steps and attempts. Written so that a second writing of the same line changes nothing. */
@Repository
class Journal {

    private final JdbcClient jdbc;
    private final Tenancy tenancy;

    Journal(JdbcClient jdbc, Tenancy tenancy) {
        this.jdbc = jdbc;
        this.tenancy = tenancy;
    }

    /** A step begins; a replayed beginning keeps the first one's. */
    void began(
            RunContext run,
            StepId step,
            @Nullable String call,
            @Nullable String effectKey,
            @Nullable JsonNode input,
            Instant now) {
        tenancy.inTenant(
                run.tenant(),
                () -> jdbc.sql("""
                        INSERT INTO patchbay.step (tenant_id, run_id, pointer, iteration, name, call, status, effect_key, input, started_at)
                        VALUES (:tenant, :run, :pointer, :iteration, :name, :call, 'running', :key, :input::jsonb, :now)
                        ON CONFLICT DO NOTHING""")
                        .param("tenant", run.tenant().value())
                        .param("run", run.runId())
                        .param("pointer", step.pointer())
                        .param("iteration", step.iteration())
                        .param("name", step.name())
                        .param("call", call)
                        .param("key", effectKey)
                        .param("input", input == null ? null : Json.write(input))
                        .param("now", Timestamp.from(now))
                        .update());
    }

    void completed(RunContext run, StepId step, JsonNode output, Instant now) {
        ended(run, step, "completed", output, now);
    }

    void skipped(RunContext run, StepId step, Instant now) {
        ended(run, step, "skipped", Json.MAPPER.nullNode(), now);
    }

    /** The output of a failed step is the error, as the standard's {@code catch} sees it. */
    void failed(RunContext run, StepId step, JsonNode error, Instant now) {
        ended(run, step, "failed", error, now);
    }

    private void ended(RunContext run, StepId step, String status, JsonNode output, Instant now) {
        update(
                run,
                step,
                "status = :status, output = :output::jsonb, ended_at = coalesce(ended_at, :now)",
                s -> s.param("status", status)
                        .param("output", Json.write(output))
                        .param("now", Timestamp.from(now)));
    }

    /** What stands in a step's way now, in a sentence; shown until the step ends. */
    void explained(RunContext run, StepId step, String sentence) {
        update(
                run,
                step,
                "status = 'waiting', output = :sentence::jsonb",
                s -> s.param("sentence", Json.write(Json.object().put("detail", sentence))));
    }

    private void update(
            RunContext run,
            StepId step,
            String assignments,
            java.util.function.UnaryOperator<JdbcClient.StatementSpec> parameters) {
        tenancy.inTenant(
                run.tenant(),
                () -> parameters
                        .apply(jdbc.sql(
                                        "UPDATE patchbay.step SET " + assignments
                                                + " WHERE tenant_id = :tenant AND run_id = :run AND pointer = :pointer AND iteration = :iteration")
                                .param("tenant", run.tenant().value())
                                .param("run", run.runId())
                                .param("pointer", step.pointer())
                                .param("iteration", step.iteration()))
                        .update());
    }

    /** What a step returned, or the sentence that explains it. */
    Optional<JsonNode> output(RunContext run, StepId step) {
        return tenancy.inTenant(
                run.tenant(),
                () -> jdbc.sql("""
                        SELECT output FROM patchbay.step
                        WHERE tenant_id = :tenant AND run_id = :run AND pointer = :pointer AND iteration = :iteration AND output IS NOT NULL""")
                        .param("tenant", run.tenant().value())
                        .param("run", run.runId())
                        .param("pointer", step.pointer())
                        .param("iteration", step.iteration())
                        .query((row, number) -> Json.read(row.getString("output")))
                        .optional());
    }

    void attempted(RunContext run, StepId step, Instant from, Instant to, List<Exchange> exchanges, String outcome) {
        tenancy.inTenant(
                run.tenant(),
                () -> jdbc.sql("""
                        INSERT INTO patchbay.attempt (tenant_id, run_id, pointer, iteration, started_at, milliseconds, exchanges, outcome)
                        VALUES (:tenant, :run, :pointer, :iteration, :from, :milliseconds, :exchanges::jsonb, :outcome)""")
                        .param("tenant", run.tenant().value())
                        .param("run", run.runId())
                        .param("pointer", step.pointer())
                        .param("iteration", step.iteration())
                        .param("from", Timestamp.from(from))
                        .param("milliseconds", Duration.between(from, to).toMillis())
                        .param("exchanges", Json.write(exchanges))
                        .param("outcome", outcome)
                        .update());
    }

    /** A run is over, or waits for a person. */
    void runEnded(
            RunContext run,
            String status,
            @Nullable JsonNode output,
            @Nullable String code,
            @Nullable String sentence,
            Instant now) {
        tenancy.inTenant(
                run.tenant(),
                () -> jdbc.sql("""
                        UPDATE patchbay.run SET status = :status, output = :output::jsonb, cause_code = :code,
                          cause_sentence = :sentence, ended_at = coalesce(ended_at, :now)
                        WHERE tenant_id = :tenant AND run_id = :run""")
                        .param("status", status)
                        .param("output", output == null ? null : Json.write(output))
                        .param("code", code)
                        .param("sentence", sentence)
                        .param("now", Timestamp.from(now))
                        .param("tenant", run.tenant().value())
                        .param("run", run.runId())
                        .update());
    }

    void runStatus(RunContext run, String status) {
        tenancy.inTenant(
                run.tenant(),
                () -> jdbc.sql("UPDATE patchbay.run SET status = :status WHERE tenant_id = :tenant AND run_id = :run")
                        .param("status", status)
                        .param("tenant", run.tenant().value())
                        .param("run", run.runId())
                        .update());
    }
}
