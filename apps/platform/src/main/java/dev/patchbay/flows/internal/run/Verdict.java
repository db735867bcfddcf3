package dev.patchbay.flows.internal.run;

import dev.patchbay.flows.internal.act.Outcome;
import dev.patchbay.flows.spi.Reason;
import java.time.Duration;

/**
 * How one attempt at a step ended, short enough for the engine to remember and without personal data: results and
 * sentences are in the journal.
 */
sealed interface Verdict {

    /** Done; the journal holds the output. */
    record Done() implements Verdict {}

    /** Not done, but worth another try after the wait; an attempt counts towards the limit. */
    record Again(Duration after, Reason reason) implements Verdict {}

    /** Not decided: somebody holds the act, or it must be looked up later. */
    record NotYet(Duration after) implements Verdict {}

    /** Given up; the journal says why. */
    record GaveUp(Reason reason) implements Verdict {}

    /** The outcome without what was said. */
    static Verdict of(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done done -> new Done();
            case Outcome.Again again -> new Again(again.after(), again.reason());
            case Outcome.NotYet later -> new NotYet(later.after());
            case Outcome.GaveUp gaveUp -> new GaveUp(gaveUp.reason());
        };
    }

    default String write() {
        return switch (this) {
            case Done done -> "done";
            case Again again -> "again " + again.after().toMillis() + " " + again.reason();
            case NotYet later -> "later " + later.after().toMillis();
            case GaveUp gaveUp -> "gave-up " + gaveUp.reason();
        };
    }

    /** The first word: {@code done}, {@code again} (a retry), {@code later} (a wait), {@code gave-up} (a dead letter). */
    default String outcome() {
        return write().split(" ", 2)[0];
    }

    static Verdict read(String written) {
        String[] words = written.split(" ", -1);
        return switch (words[0]) {
            case "done" -> new Done();
            case "again" -> new Again(Duration.ofMillis(Long.parseLong(words[1])), Reason.valueOf(words[2]));
            case "later" -> new NotYet(Duration.ofMillis(Long.parseLong(words[1])));
            default -> new GaveUp(Reason.valueOf(words[1]));
        };
    }
}
