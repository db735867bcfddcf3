package dev.patchbay.flows.internal.run;

import dev.patchbay.effects.EffectKey;
import dev.patchbay.effects.EffectOrigin;
import dev.patchbay.effects.Effects;
import dev.patchbay.effects.PortContracts;
import dev.patchbay.flows.internal.run.RunChanges.RunSnapshot;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.RunId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import tools.jackson.databind.JsonNode;

/**
 * What people do with a run under way: pause, resume, cancel, answer a question. Nothing is interrupted in the middle: an
 * act that is being sent is finished, and what came of it counts.
 */
@Service
public class RunControl {

    private static final String NOW = "status = 'waiting', wake_at = clock_timestamp(), ended_at = NULL";
    private static final String ANSWERED =
            " cause_code = NULL, cause_sentence = NULL, cause_step = NULL, output = NULL";

    private final RunChanges changes;
    private final Journal journal;
    private final Effects effects;
    private final PortContracts contracts;
    private final RunExecutor executor;
    private final Tenancy tenancy;
    private final JdbcClient jdbc;
    private final Clock clock;

    RunControl(
            RunChanges changes,
            Journal journal,
            Effects effects,
            PortContracts contracts,
            RunExecutor executor,
            Tenancy tenancy,
            JdbcClient jdbc,
            Clock clock) {
        this.changes = changes;
        this.journal = journal;
        this.effects = effects;
        this.contracts = contracts;
        this.executor = executor;
        this.tenancy = tenancy;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Stops before the next step. */
    public void pause(TenantScope scope, String actor, String runId) {
        tenancy.inTenant(scope.tenant(), () -> {
            var run = changes.lock(scope, runId);
            RunChanges.require(run, "paused", Set.of("running", "waiting"));
            changes.change(scope, run, "status = 'paused', wake_at = NULL", s -> s);
            changes.audited(scope, run, actor, "run.paused", "paused");
        });
    }

    /** Goes on where it was; a wait whose time came meanwhile is over. */
    public void resume(TenantScope scope, String actor, String runId) {
        tenancy.inTenant(scope.tenant(), () -> {
            var run = changes.lock(scope, runId);
            RunChanges.require(run, "resumed", Set.of("paused"));
            changes.change(scope, run, NOW, s -> s);
            changes.audited(scope, run, actor, "run.resumed", "waiting");
        });
        executor.wakeUp();
    }

    /** Undoes what says how it is undone, then ends as cancelled. */
    public void cancel(TenantScope scope, String actor, String runId, String reason) {
        tenancy.inTenant(scope.tenant(), () -> {
            var run = changes.lock(scope, runId);
            RunChanges.require(run, "cancelled", Set.of("running", "waiting", "paused", "parked"));
            if (run.ending().isPresent()) {
                throw new Problem(
                        ProblemType.RUN_STATE_CONFLICT,
                        "What this run did is being undone already; replay it if the undoing itself stopped.");
            }
            changes.change(scope, run, NOW + """
                    , ending = 'cancelled', cause_code = 'cancelled', cause_sentence = :reason,
                    ending_cause = jsonb_build_object('code', 'cancelled', 'sentence', :reason::text)""", s -> s.param("reason", reason));
            changes.audited(scope, run, actor, "run.cancelled", "cancelled");
        });
        executor.wakeUp();
    }

    /** Answers a step that waits for a yes or a no. */
    public void answer(TenantScope scope, String actor, String runId, String task, boolean yes, String reason) {
        tenancy.inTenant(scope.tenant(), () -> {
            var run = changes.lock(scope, runId);
            RunChanges.require(run, yes ? "approved" : "rejected", Set.of("waiting", "paused"));
            var stepRecord =
                    line(scope, run, task, known -> Approval.FUNCTION.equals(known.call()) && known.is("waiting"));
            var output = yes
                    ? Json.object()
                            .put("approved", true)
                            .put("by", actor)
                            .put("reason", reason)
                            .put("at", clock.instant().toString())
                    : TaskFailed.rejection(stepRecord.step().pointer(), reason);
            end(scope, run, stepRecord, yes ? "completed" : "failed", output);
            changes.change(scope, run, run.status().equals("paused") ? "wake_at = NULL" : NOW, s -> s);
            changes.audited(scope, run, actor, yes ? "run.approved" : "run.rejected", yes ? "approved" : "rejected");
        });
        executor.wakeUp();
    }

    /**
     * Says what became of an act that nobody but a person can find out about, and lets the run go on.
     *
     * @param output what the act returned; null: it was not done, so it is done now
     */
    public void settle(TenantScope scope, String actor, String runId, String task, @Nullable JsonNode output) {
        tenancy.inTenant(scope.tenant(), () -> {
            var run = changes.lock(scope, runId);
            RunChanges.require(run, "settled", Set.of("parked"));
            var stepRecord = line(scope, run, task, known -> known.effectKey() != null && !known.is("completed"));
            if (output != null) {
                contracts
                        .adapterOutputViolation(String.valueOf(stepRecord.call()), output)
                        .ifPresent(objection -> {
                            throw new Problem(ProblemType.VARIABLES_INVALID, objection);
                        });
            }
            var key = EffectKey.of(
                    scope.tenant(),
                    new EffectOrigin.Run(new RunId(runId)),
                    Objects.requireNonNull(stepRecord.effectKey()));
            boolean settled = output == null ? effects.confirmNotDone(key) : effects.confirmDone(key, output);
            if (!settled) {
                throw new Problem(
                        ProblemType.RUN_STATE_CONFLICT, "What became of “" + task + "” is known; replay the run.");
            }
            end(scope, run, stepRecord, "waiting", Json.object());
            changes.change(scope, run, NOW + "," + ANSWERED, s -> s);
            changes.audited(scope, run, actor, "run.settled", output == null ? "not done" : "done");
        });
        executor.wakeUp();
    }

    private StepRecord line(TenantScope scope, RunSnapshot run, String task, Predicate<StepRecord> which) {
        return journal.lines(scope.tenant(), run.runId()).stream()
                .filter(stepRecord -> stepRecord.pass() == run.pass()
                        && stepRecord.step().name().equals(task))
                .filter(which)
                .reduce((earlier, later) -> later)
                .orElseThrow(() -> new Problem(
                        ProblemType.RUN_STATE_CONFLICT, "No step “" + task + "” of this run waits for a person."));
    }

    private void end(TenantScope scope, RunSnapshot run, StepRecord stepRecord, String status, JsonNode output) {
        jdbc.sql("""
                        UPDATE patchbay.step SET status = :status, output = :output::jsonb,
                          ended_at = :ended
                        WHERE tenant_id = :tenant AND run_id = :run AND pass = :pass AND pointer = :pointer
                          AND iteration = :iteration""")
                .param("status", status)
                .param("output", Json.write(output))
                .param("ended", status.equals("waiting") ? null : Timestamp.from(clock.instant()))
                .param("tenant", scope.tenant().value())
                .param("run", run.runId())
                .param("pass", stepRecord.pass())
                .param("pointer", stepRecord.step().pointer())
                .param("iteration", stepRecord.step().iteration())
                .update();
    }
}
