package dev.patchbay.effects;

import dev.patchbay.effects.spi.FailureReason;
import dev.patchbay.kernel.ConnectionId;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/** How one attempt ended. */
public sealed interface Outcome {

    /** @param value the port's output, from this attempt or an earlier one */
    record Succeeded(JsonNode value) implements Outcome {}

    /** Not done, but another attempt after the delay may succeed; it counts towards the limit of attempts. */
    record Retry(Duration after, FailureReason reason, String sentence) implements Outcome {}

    /**
     * Not decided yet: the effect is claimed, must be looked up later, or waits for a rate limit. No attempt is counted.
     *
     * @param ownAbsence whether a claim of a process of ours is in the way, which may be dead; the wait then counts against no
     *     time limit
     */
    record Deferred(Duration after, boolean ownAbsence) implements Outcome {

        public Deferred(Duration after) {
            this(after, false);
        }
    }

    /** Nothing was sent, because the provider of the connection does not answer: wait until it does. No attempt is counted. */
    record ProviderAway(ConnectionId connectionId, String sentence) implements Outcome {}

    /** The outcome is unknown, and only a person can find it out. */
    record NeedsPerson(String sentence) implements Outcome {}

    /** Not done, and not attempted again. */
    record Failed(FailureReason reason, String sentence) implements Outcome {}

    /** As the journal keeps it: {@code done}, {@code again 5000 RATE_LIMITED}, {@code later 1000}, {@code ask}, {@code gave-up NO_SLOT}. */
    default String text() {
        return switch (this) {
            case Succeeded succeeded -> "done";
            case Retry retry -> "again " + retry.after().toMillis() + " " + retry.reason();
            case Deferred later -> "later " + later.after().toMillis();
            case ProviderAway away -> "later 0";
            case NeedsPerson needsPerson -> "ask";
            case Failed failed -> "gave-up " + failed.reason();
        };
    }

    /** The first word of {@link #text}. */
    default String kind() {
        return text().split(" ", 2)[0];
    }
}
