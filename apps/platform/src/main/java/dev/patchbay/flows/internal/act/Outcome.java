package dev.patchbay.flows.internal.act;

import dev.patchbay.flows.spi.Reason;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/** How one attempt ended. */
public sealed interface Outcome {

    /** Done; this is what the port answered, now or before. */
    record Done(JsonNode value) implements Outcome {}

    /** Not done, but worth another try after the wait; an attempt counts towards the limit. */
    record Again(Duration after, Reason reason, String sentence) implements Outcome {}

    /** Not decided: somebody holds the act, or it must be looked up later. */
    record NotYet(Duration after) implements Outcome {}

    /** Nobody knows whether it was done, and only a person can find out. */
    record Ask(String sentence) implements Outcome {}

    /** Given up. */
    record GaveUp(Reason reason, String sentence) implements Outcome {}

    /** As the journal keeps it: {@code done}, {@code again 5000 RATE_LIMITED}, {@code later 1000}, {@code ask}, {@code gave-up NO_SLOT}. */
    default String text() {
        return switch (this) {
            case Done done -> "done";
            case Again again -> "again " + again.after().toMillis() + " " + again.reason();
            case NotYet later -> "later " + later.after().toMillis();
            case Ask ask -> "ask";
            case GaveUp gaveUp -> "gave-up " + gaveUp.reason();
        };
    }

    /** The first word of it. */
    default String word() {
        return text().split(" ", 2)[0];
    }
}
