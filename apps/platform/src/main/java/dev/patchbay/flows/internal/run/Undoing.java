package dev.patchbay.flows.internal.run;

import dev.patchbay.flowlanguage.TaskMetadata;
import dev.patchbay.flows.internal.act.PortFunction;
import dev.patchbay.flows.internal.effect.EffectKey;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/**
 * Undoes, last first, what a run did by calls that say how they are undone. An undoing is an effect of its own, so it
 * happens at most once too; what nobody knows yet is found out first, and what was not done is not undone.
 */
record Undoing(Walk walk) {

    /** Among a run's repeats: an undoing that was given up is tried again. */
    static final String AGAIN = "undo";

    /** Where, below the call, its undoing stands. */
    static final String PLACE = "/metadata/compensate";

    void all() {
        var undoers = undoers();
        for (Line line : walk.lines().acted().reversed()) {
            String function = undoers.get(line.step().name());
            if (function != null && !line.undone()) {
                undo(line, PortFunction.named(function));
            }
        }
    }

    private Map<String, String> undoers() {
        Map<String, String> found = new HashMap<>();
        Tasks.all(walk.run().definition().tasks())
                .forEach(task ->
                        task.header().metadata().compensate().ifPresent(function -> found.put(task.name(), function)));
        return found;
    }

    private void undo(Line line, PortFunction<?, ?, ?> function) {
        Line original = line.endedAt() == null
                ? walk.attempts(
                        PortFunction.named(Objects.requireNonNull(line.call())),
                        line,
                        new Deadline(walk.now(), line.step().pointer()),
                        TaskMetadata.NONE)
                : line;
        if (!original.is("completed")) {
            return;
        }
        var step = new StepId(
                line.step().pointer() + PLACE,
                "undo " + line.step().name(),
                line.step().iteration());
        var done = EffectKey.of(walk.run().tenant(), Objects.requireNonNull(line.effectKey()));
        var key = new EffectKey(
                done.tenant(), done.runId(), done.taskName() + ":undo", done.iteration(), done.generation());
        var fresh = Line.began(step, walk.run().pass(), function.name(), input(original), walk.now());
        var undoing = walk.lines()
                .find(step)
                .map(known -> known.is("failed") && walk.run().repeats().contains(AGAIN)
                        ? fresh.acting(again(known).text())
                        : known)
                .orElseGet(() -> fresh.acting(key.text()));
        Walk.result(walk.attempts(function, undoing, Deadline.NONE, TaskMetadata.NONE));
        walk.services().journal().undone(walk.run(), original, walk.now());
    }

    /** What was refused is asked for anew; what nobody knows of is found out first. */
    private EffectKey again(Line givenUp) {
        var key = EffectKey.of(walk.run().tenant(), Objects.requireNonNull(givenUp.effectKey()));
        boolean refused = walk.services()
                .effects()
                .newest(key)
                .filter(known -> known.state().equals("FAILED"))
                .isPresent();
        return refused ? key.next() : key;
    }

    /** The call says how it is undone, and the function that it called what for. */
    private static JsonNode input(Line line) {
        return PortFunction.named(Objects.requireNonNull(line.call()))
                .undoneBy()
                .orElseThrow()
                .input(Objects.requireNonNull(line.output()));
    }
}
