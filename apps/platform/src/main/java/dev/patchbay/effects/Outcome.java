package dev.patchbay.effects;

import dev.patchbay.effects.spi.FailureReason;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/** How one attempt ended. */
public sealed interface Outcome {

    /** Done; this is what the port answered, now or before. */
    record Succeeded(JsonNode value) implements Outcome {}

    /** Not done, but worth another try after the wait; an attempt counts towards the limit. */
    record Retry(Duration after, FailureReason reason, String sentence) implements Outcome {}

    /** Not decided: somebody holds the act, or it must be looked up later. */
    record Deferred(Duration after) implements Outcome {}

    /** Nobody knows whether it was done, and only a person can find out. */
    record NeedsPerson(String sentence) implements Outcome {}

    /** Given up. */
    record Failed(FailureReason reason, String sentence) implements Outcome {}

    /** As the journal keeps it: {@code done}, {@code again 5000 RATE_LIMITED}, {@code later 1000}, {@code ask}, {@code gave-up NO_SLOT}. */
    default String text() {
        return switch (this) {
            case Succeeded succeeded -> "done";
            case Retry retry -> "again " + retry.after().toMillis() + " " + retry.reason();
            case Deferred later -> "later " + later.after().toMillis();
            case NeedsPerson needsPerson -> "ask";
            case Failed failed -> "gave-up " + failed.reason();
        };
    }

    /** The first word of it. */
    default String word() {
        return text().split(" ", 2)[0];
    }
}
