package dev.patchbay.flows.run;

import dev.patchbay.effects.Effects;
import dev.patchbay.flowlanguage.FlowDefinition;
import dev.patchbay.flowlanguage.Task;
import dev.patchbay.flows.definition.FlowDefinitions;
import dev.patchbay.flows.evaluation.EvaluationPool;
import dev.patchbay.flows.run.RunPreview.PlannedStep;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.RunId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.Transcripts;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import tools.jackson.databind.JsonNode;

/**
 * Replays runs: a run that ended goes through its flow once more, in a new pass. Completed steps are reused, unless the caller
 * names their task for repetition.
 */
@Service
public class RunReplays {

    private static final String SYSTEM = "system";
    private static final ReplayOptions AFTER_OUTAGE =
            new ReplayOptions(null, null, Set.of(), "The provider answers again after an outage.");

    private final RunContextRepository contexts;
    private final RunSnapshotRepository snapshots;
    private final RunRepository runs;
    private final RunPassRepository passes;
    private final StepRepository steps;
    private final FlowDefinitions flows;
    private final EvaluationPool evaluations;
    private final RunAudit audit;
    private final Effects effects;
    private final CallInputs inputs;
    private final RunExecutor executor;
    private final Tenancy tenancy;
    private final Clock clock;

    RunReplays(
            RunContextRepository contexts,
            RunSnapshotRepository snapshots,
            RunRepository runs,
            RunPassRepository passes,
            StepRepository steps,
            FlowDefinitions flows,
            EvaluationPool evaluations,
            RunAudit audit,
            Effects effects,
            CallInputs inputs,
            RunExecutor executor,
            Tenancy tenancy,
            Clock clock) {
        this.contexts = contexts;
        this.snapshots = snapshots;
        this.runs = runs;
        this.passes = passes;
        this.steps = steps;
        this.flows = flows;
        this.evaluations = evaluations;
        this.audit = audit;
        this.effects = effects;
        this.inputs = inputs;
        this.executor = executor;
        this.tenancy = tenancy;
        this.clock = clock;
    }

    /**
     * @param version the flow version; null means the version that the run executed
     * @param input the event's data, edited; null keeps the data as it was; a missing transcript or recording is kept
     * @param repeat tasks that are done again although they were done
     * @param reason the reason that later readers see
     */
    public record ReplayOptions(
            @Nullable String version,
            @Nullable JsonNode input,
            Set<String> repeat,
            @Nullable String reason) {

        public static final ReplayOptions UNCHANGED = new ReplayOptions(null, null, Set.of(), null);

        private boolean changesNothing() {
            return version == null && input == null && repeat.isEmpty();
        }
    }

    /**
     * Describes the plan of a replay.
     *
     * @param pass the number of the pass
     */
    public record Preview(RunId runId, int pass, String version, List<PlannedStep> steps) {}

    /**
     * Plans a replay without starting it.
     *
     * @throws Problem {@code 404.run_not_found}, {@code 409.run_state_conflict}, {@code 422.variables_invalid}
     */
    public Preview preview(TenantScope scope, RunId runId, ReplayOptions options) {
        // The plan is computed outside of the transaction, because it may wait for the tenant's turn to compute.
        return tenancy.inTenant(scope.tenant(), () -> readForPreview(scope, runId, options))
                .get();
    }

    private Supplier<Preview> readForPreview(TenantScope scope, RunId runId, ReplayOptions options) {
        var run = snapshots.lock(scope, runId);
        if (run.isCompensationParked()) {
            requireUnchanged(options);
            return () -> new Preview(runId, run.pass(), run.version(), List.of(RunPreview.COMPENSATION));
        }
        var next = prepareNextPass(run, contexts.read(scope.tenant(), runId), options);
        var history = new StepHistory(next.pass(), steps.findAll(scope.tenant(), runId));
        var preview = new RunPreview(next, history, effects, inputs, evaluations.forSimulation(scope.tenant()), clock);
        return () ->
                new Preview(runId, next.pass(), next.definition().document().version(), preview.plan());
    }

    /**
     * Starts the next pass. If the compensation of the run stopped, continues that in the same pass instead.
     *
     * @param delay the time before it begins
     * @throws Problem as {@link #preview} does
     */
    public void replay(TenantScope scope, String actor, RunId runId, ReplayOptions options, Duration delay) {
        tenancy.inTenant(scope.tenant(), () -> {
            var run = snapshots.lock(scope, runId);
            if (run.isCompensationParked()) {
                RunCommand.REPLAY.requireAllowed(run);
                requireUnchanged(options);
                runs.restartCompensation(run, delay);
            } else {
                startNextPass(run, actor, options, delay, null);
            }
            audit.record(run, actor, RunCommand.REPLAY, RunStatus.WAITING.code());
        });
        if (delay.isZero()) {
            executor.wakeUp();
        }
    }

    private static void requireUnchanged(ReplayOptions options) {
        if (!options.changesNothing()) {
            throw new Problem(
                    ProblemType.RUN_STATE_CONFLICT,
                    "The compensation of this run stopped; a replay continues it and does nothing else.");
        }
    }

    /**
     * Replays a run that an outage had parked, once its provider answers again.
     *
     * @param outageBegan names the outage, which replays a run once only
     * @return false when the run is not parked any more, or cannot be replayed
     */
    boolean heal(TenantScope scope, RunId runId, Instant outageBegan) {
        return tenancy.inTenant(scope.tenant(), () -> {
            var run = snapshots.lock(scope, runId);
            if (run.status() != RunStatus.PARKED || run.isCompensationParked()) {
                return false;
            }
            startNextPass(run, SYSTEM, AFTER_OUTAGE, Duration.ZERO, outageBegan);
            audit.record(run, SYSTEM, RunCommand.REPLAY, RunStatus.WAITING.code());
            return true;
        });
    }

    private void startNextPass(
            RunSnapshot run, String actor, ReplayOptions options, Duration delay, @Nullable Instant heals) {
        var current = contexts.read(run.tenant(), run.runId());
        var next = prepareNextPass(run, current, options);
        passes.insert(run, current.input(), next, actor, options, heals);
        runs.startReplay(run, next, delay);
    }

    private RunContext prepareNextPass(RunSnapshot run, RunContext current, ReplayOptions options) {
        RunCommand.REPLAY.requireAllowed(run);
        var definition = options.version() == null ? current.definition() : definition(run, options.version());
        if (run.status() == RunStatus.COMPLETED && options.changesNothing()) {
            throw new Problem(
                    ProblemType.RUN_STATE_CONFLICT,
                    "This run completed: nothing is left to do. Name in “repeat” what is to be done again.");
        }
        requireTasks(definition, options.repeat());
        // A run is shown without its transcript, so an edited input lacks the transcript.
        var input = Optional.ofNullable(options.input())
                .map(edited -> Transcripts.restore(edited, current.input()))
                .orElse(current.input());
        return current.nextPass(definition, input, options.repeat());
    }

    private FlowDefinition definition(RunSnapshot run, String version) {
        return flows.findDefinition(run.tenant(), run.flowId(), version)
                .orElseThrow(
                        () -> new Problem(ProblemType.VARIABLES_INVALID, "This flow has no version " + version + "."));
    }

    private static void requireTasks(FlowDefinition definition, Set<String> names) {
        var taskNames = TaskTree.all(definition.tasks()).map(Task::name).toList();
        names.stream().filter(name -> !taskNames.contains(name)).findFirst().ifPresent(name -> {
            throw new Problem(
                    ProblemType.VARIABLES_INVALID,
                    "There is no task “" + name + "” in this version; it has " + String.join(", ", taskNames) + ".");
        });
    }
}
