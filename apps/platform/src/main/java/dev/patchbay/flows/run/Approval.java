package dev.patchbay.flows.run;

import dev.patchbay.effects.spi.FailureReason;
import java.time.Duration;
import java.util.Objects;

/** A step that waits for a person's approval or rejection, which {@link ManualDecisions} writes into the journal. */
record Approval(StepJournal journal) {

    static final String FUNCTION = "person.approve";

    /** The step as it ended; until then the run waits. */
    StepRecord request(StepRecord step, Deadline deadline) {
        if (deadline.hasPassed(journal.now())) {
            var late = TaskFailed.timeout(deadline, FailureReason.BAD_INPUT, unanswered(step));
            return journal.write(step.fail(late.error(), journal.now()));
        }
        Duration remaining = deadline.equals(Deadline.NONE) ? null : Duration.between(journal.now(), deadline.at());
        throw journal.suspend(step.await(null, null), remaining);
    }

    private static String unanswered(StepRecord step) {
        String question = Objects.requireNonNull(step.input()).path("question").asString("");
        return "The question “" + question + "” was not answered within the time limit of “"
                + step.id().name() + "”.";
    }
}
