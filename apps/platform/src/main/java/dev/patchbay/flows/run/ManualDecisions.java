package dev.patchbay.flows.run;

import dev.patchbay.effects.EffectKey;
import dev.patchbay.effects.EffectOrigin;
import dev.patchbay.effects.Effects;
import dev.patchbay.effects.PortContracts;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.RunId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Clock;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import tools.jackson.databind.JsonNode;

/** The decisions of people that runs wait for: approvals and rejections, and the outcomes of effects that only a person can find out. */
@Service
public class ManualDecisions {

    private final RunSnapshotRepository snapshots;
    private final RunRepository runs;
    private final StepRepository steps;
    private final RunAudit audit;
    private final Effects effects;
    private final PortContracts contracts;
    private final RunExecutor executor;
    private final Tenancy tenancy;
    private final Clock clock;

    ManualDecisions(
            RunSnapshotRepository snapshots,
            RunRepository runs,
            StepRepository steps,
            RunAudit audit,
            Effects effects,
            PortContracts contracts,
            RunExecutor executor,
            Tenancy tenancy,
            Clock clock) {
        this.snapshots = snapshots;
        this.runs = runs;
        this.steps = steps;
        this.audit = audit;
        this.effects = effects;
        this.contracts = contracts;
        this.executor = executor;
        this.tenancy = tenancy;
        this.clock = clock;
    }

    /**
     * Approves a step that asks a person.
     *
     * @param task the step's name
     * @throws Problem {@code 404.run_not_found}, {@code 409.run_state_conflict}
     */
    public void approve(TenantScope scope, String actor, RunId runId, String task, String reason) {
        tenancy.inTenant(scope.tenant(), () -> {
            var run = snapshots.lock(scope, runId);
            RunCommand.APPROVE.requireAllowed(run);
            var approval = Json.object()
                    .put("approved", true)
                    .put("by", actor)
                    .put("reason", reason)
                    .put("at", clock.instant().toString());
            decide(run, findApproval(run, task).complete(approval, clock.instant()));
            audit.record(run, actor, RunCommand.APPROVE, "approved");
        });
        executor.wakeUp();
    }

    /**
     * Rejects a step that asks a person.
     *
     * @param task the step's name
     * @throws Problem {@code 404.run_not_found}, {@code 409.run_state_conflict}
     */
    public void reject(TenantScope scope, String actor, RunId runId, String task, String reason) {
        tenancy.inTenant(scope.tenant(), () -> {
            var run = snapshots.lock(scope, runId);
            RunCommand.REJECT.requireAllowed(run);
            var step = findApproval(run, task);
            var error = TaskFailed.rejectionError(step.id().pointer(), reason);
            decide(run, step.fail(error, clock.instant()));
            audit.record(run, actor, RunCommand.REJECT, "rejected");
        });
        executor.wakeUp();
    }

    private StepRecord findApproval(RunSnapshot run, String task) {
        return findStep(
                run, task, step -> Approval.FUNCTION.equals(step.call()) && step.status() == StepStatus.WAITING);
    }

    private void decide(RunSnapshot run, StepRecord decided) {
        steps.saveDecision(run.tenant(), run.runId(), decided);
        if (run.status() == RunStatus.PAUSED) {
            runs.pause(run);
        } else {
            runs.wake(run);
        }
    }

    /**
     * Settles the outcome of an effect that only a person can find out, and continues the run.
     *
     * @param task the step's name
     * @param output what the function returned; null: it did not happen, so it is sent now
     * @throws Problem {@code 404.run_not_found}, {@code 409.run_state_conflict}, {@code 422.variables_invalid} when the
     *     output does not fit the function
     */
    public void settle(TenantScope scope, String actor, RunId runId, String task, @Nullable JsonNode output) {
        tenancy.inTenant(scope.tenant(), () -> {
            var run = snapshots.lock(scope, runId);
            RunCommand.SETTLE.requireAllowed(run);
            var step = findStep(run, task, candidate -> candidate.effectKey() != null && !candidate.isCompleted());
            if (output != null) {
                requireFit(step, output);
            }
            var key =
                    EffectKey.of(scope.tenant(), new EffectOrigin.Run(runId), Objects.requireNonNull(step.effectKey()));
            boolean settled = output == null ? effects.confirmNotDone(key) : effects.confirmDone(key, output);
            if (!settled) {
                throw new Problem(
                        ProblemType.RUN_STATE_CONFLICT, "The outcome of “" + task + "” is known; replay the run.");
            }
            steps.saveDecision(run.tenant(), runId, step.await(Json.object(), null));
            runs.unpark(run);
            audit.record(run, actor, RunCommand.SETTLE, output == null ? "not done" : "done");
        });
        executor.wakeUp();
    }

    private void requireFit(StepRecord step, JsonNode output) {
        contracts.adapterOutputViolation(String.valueOf(step.call()), output).ifPresent(violation -> {
            throw new Problem(ProblemType.VARIABLES_INVALID, violation);
        });
    }

    /** The newest step of that name in this pass. */
    private StepRecord findStep(RunSnapshot run, String task, Predicate<StepRecord> condition) {
        return steps.findAll(run.tenant(), run.runId()).stream()
                .filter(step -> step.pass() == run.pass() && step.id().name().equals(task))
                .filter(condition)
                .reduce((earlier, later) -> later)
                .orElseThrow(() -> new Problem(
                        ProblemType.RUN_STATE_CONFLICT, "No step “" + task + "” of this run waits for a person."));
    }
}
