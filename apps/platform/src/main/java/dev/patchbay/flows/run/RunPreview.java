package dev.patchbay.flows.run;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.patchbay.effects.EffectState;
import dev.patchbay.effects.EffectStatus;
import dev.patchbay.effects.Effects;
import dev.patchbay.effects.PortFunction;
import dev.patchbay.flowlanguage.Task;
import dev.patchbay.flows.evaluation.Evaluator;
import dev.patchbay.kernel.Json;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Previews a replay by the rules of a real execution, without doing anything: the steps that would be reused, and the first step
 * that would be executed. The steps after that depend on its output.
 */
final class RunPreview implements TaskExecutor {

    private final RunContext run;
    private final StepHistory history;
    private final EffectKeys keys;
    private final Effects effects;
    private final CallInputs.Reader inputs;
    private final Evaluator evaluator;
    private final Clock clock;
    private final List<PlannedStep> plan = new ArrayList<>();

    RunPreview(
            RunContext run, StepHistory history, Effects effects, CallInputs inputs, Evaluator evaluator, Clock clock) {
        this.run = run;
        this.history = history;
        this.keys = new EffectKeys(run, history, effects);
        this.effects = effects;
        this.inputs = inputs.forRun(run.tenant(), run.client(), run.input(), run.startedAt());
        this.evaluator = evaluator;
        this.clock = clock;
    }

    /** The fate of a step in a replay. The last three are for steps after the first one that runs. */
    public enum Fate {
        REUSED,
        LOOKED_UP_FIRST,
        WAITS_FOR_PERSON,
        RUNS,
        REUSED_IF_REACHED,
        LOOKED_UP_IF_REACHED,
        RUNS_IF_REACHED;

        /** As it appears in answers, for example {@code looked_up_first}. */
        @JsonValue
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param call the function; null for a wait */
    public record PlannedStep(String task, @Nullable String call, Fate fate, String sentence) {}

    /** The plan for a run whose compensation stopped. */
    static final PlannedStep COMPENSATION =
            new PlannedStep("undo", null, Fate.RUNS, "The compensation of its steps continues; nothing else is done.");

    /** The preview reached a step that would be executed. */
    private static final class Reached extends RuntimeException {
        private Reached() {
            super("the preview ends here", null, false, false);
        }
    }

    /** The steps, in order. */
    List<PlannedStep> plan() {
        try {
            new Interpreter(run.definition(), run.input(), run.client(), this, inputs, evaluator).run();
        } catch (Reached reached) {
            addUnreachedCalls();
        } catch (TaskFailed failed) {
            plan.add(new PlannedStep(failed.task(), null, Fate.RUNS, "It would stop here again: " + failed.sentence()));
        }
        return List.copyOf(plan);
    }

    @Override
    public JsonNode call(Call reached) {
        var call = keys.asCalledBefore(reached);
        var reusable = keys.findReusable(call);
        if (reusable.isPresent()) {
            add(call, Fate.REUSED, "An earlier pass did it; its result is used.");
            return Objects.requireNonNull(reusable.get().output());
        }
        if (isApproval(call)) {
            add(call, Fate.RUNS, "A person is asked.");
        } else if (PortFunction.byName(call.task().function()).hasEffect()) {
            return previewEffect(call);
        } else {
            add(call, Fate.RUNS, "It is read again; that changes nothing.");
        }
        throw new Reached();
    }

    private JsonNode previewEffect(Call call) {
        var current = keys.findCurrent(call);
        if (current.filter(effect -> effect.is(EffectState.DONE)).isPresent()) {
            add(call, Fate.REUSED, "It was done; its result is used.");
            return effects.response(run.tenant(), current.get().key());
        }
        if (current.filter(EffectStatus::parked).isPresent()) {
            add(call, Fate.WAITS_FOR_PERSON, "Only a person can say whether it was done.");
        } else if (current.filter(effect -> !effect.unsent()).isPresent()) {
            add(
                    call,
                    Fate.LOOKED_UP_FIRST,
                    "Its outcome is unknown: it is looked up at the provider before anything is sent.");
        } else {
            add(call, Fate.RUNS, "It is done now.");
        }
        throw new Reached();
    }

    private static boolean isApproval(Call call) {
        return call.task().function().equals(Approval.FUNCTION);
    }

    private void add(Call call, Fate fate, String sentence) {
        plan.add(new PlannedStep(call.task().name(), call.task().function(), fate, sentence));
    }

    private void addUnreachedCalls() {
        Set<String> planned = new HashSet<>();
        plan.forEach(step -> planned.add(step.task()));
        TaskTree.calls(run.definition().tasks())
                .filter(task -> !planned.contains(task.name()))
                .forEach(task -> plan.add(planIfReached(task)));
    }

    private PlannedStep planIfReached(Task.CallTask task) {
        var call = new Call(
                task,
                new StepId(task.header().pointer(), task.name(), 0),
                Json.object(),
                Json.object(),
                List.of(),
                Optional.empty(),
                Deadline.NONE);
        var state = keys.findCurrent(call).filter(effect -> !effect.unsent()).map(EffectStatus::state);
        if (state.isEmpty()) {
            return ifReached(task, Fate.RUNS_IF_REACHED, "It would be done.");
        }
        return state.get() == EffectState.DONE
                ? ifReached(task, Fate.REUSED_IF_REACHED, "It was done; its result would be used.")
                : ifReached(
                        task,
                        Fate.LOOKED_UP_IF_REACHED,
                        "It would be looked up at the provider before anything is sent.");
    }

    private static PlannedStep ifReached(Task.CallTask task, Fate fate, String sentence) {
        return new PlannedStep(task.name(), task.function(), fate, sentence);
    }

    @Override
    public void awaitDelay(StepId step, Duration delay, Deadline deadline) {
        boolean elapsed = history.findCompletedEarlier(step).isPresent();
        plan.add(new PlannedStep(
                step.name(),
                null,
                elapsed ? Fate.REUSED : Fate.RUNS,
                elapsed ? "This wait has elapsed." : "It waits " + delay + "."));
    }

    @Override
    public void recordOutput(StepId step, JsonNode output) {
        // A preview shows calls and waits only.
    }

    @Override
    public void recordSkipped(StepId step) {
        // A preview shows calls and waits only.
    }

    @Override
    public String runId() {
        return run.runId().value();
    }

    @Override
    public Instant now() {
        return clock.instant();
    }

    @Override
    public Instant startOf(StepId step) {
        return clock.instant();
    }

    @Override
    public Instant startOfRun() {
        return clock.instant();
    }

    @Override
    public boolean hasPassed(Deadline deadline) {
        return false;
    }
}
