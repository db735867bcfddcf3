package dev.patchbay.flows.internal.run;

import dev.patchbay.flows.spi.Reason;
import java.time.Duration;
import java.util.Objects;

/** A step that waits until a person says yes or no; what they say is written into its line by {@code RunControl}. */
record Approval(Walk walk) {

    static final String FUNCTION = "person.approve";

    /** The line as it ended; until then the run waits. */
    Line ask(Line line, Deadline until) {
        if (walk.isOver(until)) {
            var late = line.ended(
                    "failed",
                    TaskFailed.timeout(until, Reason.BAD_INPUT, unanswered(line))
                            .error(),
                    walk.now());
            walk.inTurn(() -> walk.store(late));
            return late;
        }
        Duration left = until.equals(Deadline.NONE) ? null : Duration.between(walk.now(), until.at());
        throw walk.suspended(line.waiting(null, null), left);
    }

    private static String unanswered(Line line) {
        String question = Objects.requireNonNull(line.input()).path("question").asString("");
        return "Nobody answered “" + question + "” before the time limit of “"
                + line.step().name() + "” was over.";
    }
}
