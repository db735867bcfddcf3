package dev.patchbay.flows.internal.run;

import dev.patchbay.flows.spi.Reason;
import java.time.Duration;

/** A step that waits until a person says yes or no; what they say is written into its line by {@code RunControl}. */
record Approval(Walk walk) {

    static final String FUNCTION = "person.approve";

    /** The line as it ended; until then the run waits. */
    Line ask(Line line, Deadline until) {
        if (walk.isOver(until)) {
            var late = line.ended(
                    "failed",
                    TaskFailed.timeout(until, Reason.BAD_INPUT, "Nobody answered in time.")
                            .error(),
                    walk.now());
            walk.inTurn(() -> walk.store(late));
            return late;
        }
        Duration left = until.equals(Deadline.NONE) ? null : Duration.between(walk.now(), until.at());
        throw walk.suspended(line.waiting(null, null), left);
    }
}
