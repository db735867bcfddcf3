package dev.patchbay.flows.internal.run;

import dev.patchbay.effects.spi.FailureReason;
import java.time.Duration;
import java.util.Objects;

/** A step that waits until a person says yes or no; what they say is written into its line by {@code RunControl}. */
record Approval(RunExecution walk) {

    static final String FUNCTION = "person.approve";

    /** The line as it ended; until then the run waits. */
    StepRecord ask(StepRecord stepRecord, Deadline until) {
        if (walk.isOver(until)) {
            var late = stepRecord.ended(
                    "failed",
                    TaskFailed.timeout(until, FailureReason.BAD_INPUT, unanswered(stepRecord))
                            .error(),
                    walk.now());
            walk.inTurn(() -> walk.store(late));
            return late;
        }
        Duration left = until.equals(Deadline.NONE) ? null : Duration.between(walk.now(), until.at());
        throw walk.suspended(stepRecord.waiting(null, null), left);
    }

    private static String unanswered(StepRecord stepRecord) {
        String question =
                Objects.requireNonNull(stepRecord.input()).path("question").asString("");
        return "Nobody answered “" + question + "” before the time limit of “"
                + stepRecord.step().name() + "” was over.";
    }
}
