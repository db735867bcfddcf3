package dev.patchbay.flows.internal.run;

import dev.patchbay.effects.EffectKey;
import dev.patchbay.effects.EffectState;
import dev.patchbay.effects.EffectStatus;
import dev.patchbay.effects.PortFunction;
import dev.patchbay.flowlanguage.TaskMetadata;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/**
 * Undoes, last first, what a run did by calls that say how they are undone. An undoing is an effect of its own, so it
 * happens at most once too; what nobody knows yet is found out first, and what was not done is not undone.
 */
record Compensation(RunExecution walk) {

    /** Among a run's repeats: an undoing that was given up is tried again. */
    static final String AGAIN = "undo";

    /** Where, below the call, its undoing stands. */
    static final String PLACE = "/metadata/compensate";

    void all() {
        var undoers = undoers();
        for (StepRecord stepRecord : walk.lines().acted().reversed()) {
            String function = undoers.get(stepRecord.step().name());
            if (function != null && !stepRecord.undone()) {
                undo(stepRecord, PortFunction.byName(function));
            }
        }
    }

    private Map<String, String> undoers() {
        Map<String, String> found = new HashMap<>();
        TaskTree.all(walk.run().definition().tasks())
                .forEach(task ->
                        task.header().metadata().compensate().ifPresent(function -> found.put(task.name(), function)));
        return found;
    }

    private void undo(StepRecord stepRecord, PortFunction<?, ?, ?> function) {
        var act = key(stepRecord);
        var state = walk.services().effects().find(act);
        if (state.filter(known -> mayHaveActed(known, act)).isEmpty()) {
            return;
        }
        StepRecord original = stepRecord.is("completed") ? stepRecord : foundOut(stepRecord);
        if (!original.is("completed")) {
            return;
        }
        var step = new StepId(
                stepRecord.step().pointer() + PLACE + (act.generation() == 0 ? "" : "/" + act.generation()),
                "undo " + stepRecord.step().name(),
                stepRecord.step().iteration());
        var fresh = StepRecord.began(step, walk.run().pass(), function.name(), input(original), walk.now());
        var undoing = walk.lines()
                .find(step)
                .map(known -> known.is("failed") && walk.run().repeats().contains(AGAIN)
                        ? fresh.acting(again(known).text())
                        : known)
                .orElseGet(() -> fresh.acting(act.compensation().text()));
        RunExecution.result(walk.attempts(function, undoing, Deadline.NONE, TaskMetadata.NONE));
        walk.services().journal().undone(walk.run(), original, walk.now());
    }

    /** An act that several runs share is undone with the run that made it. */
    private static boolean mayHaveActed(EffectStatus known, EffectKey act) {
        return known.origin().equals(act.origin()) && !known.is(EffectState.FAILED) && !known.unsent();
    }

    private EffectKey key(StepRecord stepRecord) {
        return EffectKey.of(walk.run().tenant(), walk.run().origin(), Objects.requireNonNull(stepRecord.effectKey()));
    }

    /** Nothing begins any more, but what may have been sent is found out. */
    private StepRecord foundOut(StepRecord stepRecord) {
        return walk.attempts(
                PortFunction.byName(Objects.requireNonNull(stepRecord.call())),
                stepRecord.waiting(stepRecord.output(), null),
                new Deadline(walk.now(), stepRecord.step().pointer()),
                TaskTree.all(walk.run().definition().tasks())
                        .filter(task -> task.name().equals(stepRecord.step().name()))
                        .findFirst()
                        .map(task -> task.header().metadata())
                        .orElse(TaskMetadata.NONE));
    }

    /** What was refused is asked for anew; what nobody knows of is found out first. */
    private EffectKey again(StepRecord givenUp) {
        var key = key(givenUp);
        boolean refused = walk.services()
                .effects()
                .findNewest(key)
                .filter(known -> known.is(EffectState.FAILED))
                .isPresent();
        return refused ? key.nextGeneration() : key;
    }

    /** The call says how it is undone, and the function that it called what for. */
    private static JsonNode input(StepRecord stepRecord) {
        return PortFunction.byName(Objects.requireNonNull(stepRecord.call()))
                .compensation()
                .orElseThrow()
                .input(Objects.requireNonNull(stepRecord.output()));
    }
}
