package dev.patchbay.flows.run;

import dev.patchbay.effects.EffectKey;
import dev.patchbay.effects.EffectState;
import dev.patchbay.effects.EffectStatus;
import dev.patchbay.effects.Effects;
import dev.patchbay.effects.PortFunction;
import dev.patchbay.flowlanguage.TaskMetadata;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Runs compensations in reverse order. Each compensation is an effect of its own, so it happens at most once. Steps with an
 * unknown outcome are looked up first; steps that did not happen are skipped.
 */
final class Compensation {

    /** Marks a failed compensation that is tried again, among the repeated tasks of a run. */
    static final String RESTART = "undo";

    /** The pointer of a compensation is this suffix after the pointer of its call. */
    static final String POINTER = "/metadata/compensate";

    private final RunContext run;
    private final StepJournal journal;
    private final StepAttempts attempts;
    private final Effects effects;

    Compensation(StepJournal journal, StepAttempts attempts) {
        this.run = journal.run();
        this.journal = journal;
        this.attempts = attempts;
        this.effects = attempts.effects();
    }

    /**
     * Compensates the steps that had effects, the last one first.
     *
     * @throws TaskFailed when a compensation failed
     */
    void compensateAll() {
        var functions = compensatingFunctions();
        for (StepRecord step : journal.history().stepsWithEffects().reversed()) {
            String function = functions.get(step.id().name());
            if (function != null && !step.undone()) {
                compensate(step, PortFunction.byName(function));
            }
        }
    }

    private Map<String, String> compensatingFunctions() {
        Map<String, String> byTask = new HashMap<>();
        TaskTree.all(run.definition().tasks())
                .forEach(task ->
                        task.header().metadata().compensate().ifPresent(function -> byTask.put(task.name(), function)));
        return byTask;
    }

    private void compensate(StepRecord step, PortFunction<?, ?, ?> function) {
        var key = key(step);
        if (effects.find(key).filter(effect -> mayHaveHappened(effect, key)).isEmpty()) {
            return;
        }
        StepRecord original = step.isCompleted() ? step : findOutcome(step);
        if (!original.isCompleted()) {
            return;
        }
        RunExecution.result(attempts.untilEnded(
                journal, function, begin(original, key, function), Deadline.NONE, TaskMetadata.NONE));
        journal.markUndone(original);
    }

    private StepRecord begin(StepRecord original, EffectKey key, PortFunction<?, ?, ?> function) {
        var id = new StepId(
                original.id().pointer() + POINTER + (key.generation() == 0 ? "" : "/" + key.generation()),
                "undo " + original.id().name(),
                original.id().iteration());
        var fresh = StepRecord.start(id, run.pass(), function.name(), input(original), journal.now());
        return journal.find(id)
                .map(earlier -> earlier.isFailed() && run.repeatTasks().contains(RESTART)
                        ? fresh.withEffectKey(keyOfRestart(earlier).text())
                        : earlier)
                .orElseGet(() -> fresh.withEffectKey(key.compensation().text()));
    }

    /**
     * Says whether the compensation must consider this effect. An effect that several runs share is compensated by the run that
     * made it; an effect that the live call made before is compensated by no run.
     */
    private static boolean mayHaveHappened(EffectStatus effect, EffectKey key) {
        return effect.origin().equals(key.origin())
                && !effect.is(EffectState.FAILED)
                && !effect.unsent()
                && !effect.adopted();
    }

    private EffectKey key(StepRecord step) {
        return EffectKey.of(run.tenant(), run.origin(), Objects.requireNonNull(step.effectKey()));
    }

    /** Looks up the outcome of a step that may have been sent; sends nothing. */
    private StepRecord findOutcome(StepRecord step) {
        return attempts.untilEnded(
                journal,
                PortFunction.byName(Objects.requireNonNull(step.call())),
                step.await(step.output(), null),
                new Deadline(journal.now(), step.id().pointer()),
                metadata(step).orElse(TaskMetadata.NONE));
    }

    private Optional<TaskMetadata> metadata(StepRecord step) {
        return TaskTree.all(run.definition().tasks())
                .filter(task -> task.name().equals(step.id().name()))
                .findFirst()
                .map(task -> task.header().metadata());
    }

    /**
     * Returns the key for another attempt. A compensation that was refused is a new effect; one whose outcome is unknown is
     * looked up first.
     */
    private EffectKey keyOfRestart(StepRecord failed) {
        var key = key(failed);
        boolean rejected = effects.findNewest(key)
                .filter(newest -> newest.is(EffectState.FAILED))
                .isPresent();
        return rejected ? key.nextGeneration() : key;
    }

    /** Makes the input of the compensating function from the output of the step. */
    private static JsonNode input(StepRecord step) {
        return PortFunction.byName(Objects.requireNonNull(step.call()))
                .compensation()
                .orElseThrow()
                .input(Objects.requireNonNull(step.output()));
    }
}
