package dev.patchbay.flowlanguage;

import dev.patchbay.flowlanguage.expression.Template;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * What the profile adds to the standard, in a task's {@code metadata}.
 *
 * @param compensate the function that undoes this call when a later task fails for good
 * @param idempotencyKey two calls with the same key act once; without it, the run and the task's name are the key
 * @param rateLimit how often the call may be made
 * @param onUnknown what to do when nobody knows whether the provider acted; empty leaves it to the function
 */
public record TaskMetadata(
        Optional<String> compensate,
        Optional<Template> idempotencyKey,
        Optional<RateLimit> rateLimit,
        Optional<OnUnknown> onUnknown) {

    /** A task without metadata. */
    public static final TaskMetadata NONE =
            new TaskMetadata(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** At most {@code count} calls in each stretch of time {@code per}. */
    public record RateLimit(int count, Duration per) {}

    /** The outcome of a call is unknown: look it up, park the run and ask a person, or let the task fail. */
    public enum OnUnknown {
        LOOKUP,
        ASK,
        FAIL;

        /** As flow files spell it. */
        public String keyword() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
