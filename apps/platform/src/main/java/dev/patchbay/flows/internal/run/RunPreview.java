package dev.patchbay.flows.internal.run;

import dev.patchbay.effects.EffectState;
import dev.patchbay.effects.EffectStatus;
import dev.patchbay.effects.Effects;
import dev.patchbay.effects.PortFunction;
import dev.patchbay.flowlanguage.Task;
import dev.patchbay.kernel.Json;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Walks a run as a replay would, by the same rules and without doing anything: what would be reused, and the first thing
 * that would be done. What comes after that depends on its answer.
 */
final class RunPreview implements TaskExecutor {

    private final RunContext run;
    private final EffectKeys keys;
    private final StepHistory stepHistory;
    private final Effects effects;
    private final Clock clock;
    private final List<Planned> plan = new ArrayList<>();

    RunPreview(RunContext run, StepHistory stepHistory, Effects effects, Clock clock) {
        this.run = run;
        this.keys = new EffectKeys(run, stepHistory, effects);
        this.stepHistory = stepHistory;
        this.effects = effects;
        this.clock = clock;
    }

    /**
     * @param call the function; null for a wait
     * @param fate {@code reused}, {@code looked_up_first}, {@code waits_for_person}, {@code runs}; for what comes after the first thing that runs
     *     {@code reused_if_reached}, {@code looked_up_if_reached}, {@code runs_if_reached}
     */
    public record Planned(
            String task, @org.jspecify.annotations.Nullable String call, String fate, String sentence) {}

    /** Of a run that stopped while what it did was being undone. */
    static final Planned UNDOING =
            new Planned("undo", null, "runs", "What it did is undone further; nothing else is done.");

    /** The walk came to something that it would do. */
    private static final class Reached extends RuntimeException {
        private Reached() {
            super("the preview ends here", null, false, false);
        }
    }

    /** What would happen, in order. */
    List<Planned> plan() {
        try {
            new Interpreter(run.definition(), run.input(), run.client(), this).run();
        } catch (Reached reached) {
            afterwards(run.definition().tasks());
        } catch (TaskFailed failed) {
            plan.add(new Planned(failed.task(), null, "runs", "It would stop here again: " + failed.getMessage()));
        }
        return List.copyOf(plan);
    }

    @Override
    public JsonNode call(Call call) {
        var reusable = keys.reusable(call);
        if (reusable.isPresent()) {
            add(call, "reused", "An earlier pass did it; its result is used.");
            return Objects.requireNonNull(reusable.get().output());
        }
        if (!call.task().function().equals(Approval.FUNCTION)
                && PortFunction.byName(call.task().function()).hasEffect()) {
            return act(call);
        }
        add(call, "runs", asks(call) ? "A person is asked." : "It is read again; that changes nothing.");
        throw new Reached();
    }

    private JsonNode act(Call call) {
        var standing = keys.standing(call);
        if (standing.filter(effect -> effect.is(EffectState.DONE)).isPresent()) {
            add(call, "reused", "It was done; its result is used.");
            return effects.response(run.tenant(), standing.get().key());
        }
        if (standing.filter(EffectStatus::parked).isPresent()) {
            add(call, "waits_for_person", "Nobody but a person can tell whether it was done.");
        } else if (standing.filter(effect -> !effect.unsent()).isPresent()) {
            add(
                    call,
                    "looked_up_first",
                    "Nobody knows whether it was done: the provider is asked before anything is sent.");
        } else {
            add(call, "runs", "It is done now.");
        }
        throw new Reached();
    }

    private static boolean asks(Call call) {
        return call.task().function().equals(Approval.FUNCTION);
    }

    private void add(Call call, String fate, String sentence) {
        plan.add(new Planned(call.task().name(), call.task().function(), fate, sentence));
    }

    /** What is not planned yet may be reached, or not: that depends on the first answer. */
    private void afterwards(List<Task> tasks) {
        Set<String> planned = new HashSet<>();
        plan.forEach(known -> planned.add(known.task()));
        TaskTree.calls(tasks).filter(task -> !planned.contains(task.name())).forEach(task -> plan.add(ifReached(task)));
    }

    private Planned ifReached(Task.CallTask task) {
        var call = new Call(
                task,
                new StepId(task.header().pointer(), task.name(), 0),
                Json.object(),
                Optional.empty(),
                Deadline.NONE);
        String state = keys.standing(call)
                .filter(effect -> !effect.unsent())
                .map(effect -> effect.state().name())
                .orElse("");
        return switch (state) {
            case "DONE" ->
                new Planned(
                        task.name(), task.function(), "reused_if_reached", "It was done; its result would be used.");
            case "PLANNED", "UNKNOWN" ->
                new Planned(
                        task.name(),
                        task.function(),
                        "looked_up_if_reached",
                        "The provider would be asked before anything is sent.");
            default -> new Planned(task.name(), task.function(), "runs_if_reached", "It would be done.");
        };
    }

    @Override
    public void pause(StepId step, Duration duration, Deadline until) {
        boolean over = stepHistory.completedBefore(step).isPresent();
        plan.add(new Planned(
                step.name(),
                null,
                over ? "reused" : "runs",
                over ? "This wait is over." : "It waits " + duration + "."));
    }

    @Override
    public void computed(StepId step, JsonNode output) {
        // Computing changes nothing.
    }

    @Override
    public void skipped(StepId step) {
        // Nothing happens.
    }

    @Override
    public Instant began(StepId step) {
        return clock.instant();
    }

    @Override
    public Instant began() {
        return clock.instant();
    }

    @Override
    public boolean isOver(Deadline deadline) {
        return false;
    }
}
