package dev.patchbay.flows.run;

import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.RunId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import org.springframework.stereotype.Service;

/**
 * Pauses, resumes and cancels runs. A step is never interrupted: an effect that is being sent is finished, and its outcome
 * counts.
 */
@Service
public class RunControl {

    private final RunSnapshotRepository snapshots;
    private final RunRepository runs;
    private final RunAudit audit;
    private final RunExecutor executor;
    private final Tenancy tenancy;

    RunControl(
            RunSnapshotRepository snapshots,
            RunRepository runs,
            RunAudit audit,
            RunExecutor executor,
            Tenancy tenancy) {
        this.snapshots = snapshots;
        this.runs = runs;
        this.audit = audit;
        this.executor = executor;
        this.tenancy = tenancy;
    }

    /**
     * Stops the run before its next step.
     *
     * @throws Problem {@code 404.run_not_found}, {@code 409.run_state_conflict}
     */
    public void pause(TenantScope scope, String actor, RunId runId) {
        tenancy.inTenant(scope.tenant(), () -> {
            var run = snapshots.lock(scope, runId);
            RunCommand.PAUSE.requireAllowed(run);
            runs.pause(run);
            audit.record(run, actor, RunCommand.PAUSE, RunStatus.PAUSED.code());
        });
    }

    /**
     * Continues a paused run where it was; a wait that elapsed meanwhile is over.
     *
     * @throws Problem {@code 404.run_not_found}, {@code 409.run_state_conflict}
     */
    public void resume(TenantScope scope, String actor, RunId runId) {
        tenancy.inTenant(scope.tenant(), () -> {
            var run = snapshots.lock(scope, runId);
            RunCommand.RESUME.requireAllowed(run);
            runs.wake(run);
            audit.record(run, actor, RunCommand.RESUME, RunStatus.WAITING.code());
        });
        executor.wakeUp();
    }

    /**
     * Runs the compensations that the flow declares, then ends the run as cancelled.
     *
     * @throws Problem {@code 404.run_not_found}, {@code 409.run_state_conflict}
     */
    public void cancel(TenantScope scope, String actor, RunId runId, String reason) {
        tenancy.inTenant(scope.tenant(), () -> {
            var run = snapshots.lock(scope, runId);
            RunCommand.CANCEL.requireAllowed(run);
            if (run.ending().isPresent()) {
                throw new Problem(
                        ProblemType.RUN_STATE_CONFLICT,
                        "The compensation of this run has begun already; replay the run if the compensation stopped.");
            }
            runs.cancel(run, reason);
            audit.record(run, actor, RunCommand.CANCEL, RunStatus.CANCELLED.code());
        });
        executor.wakeUp();
    }
}
