package dev.patchbay.flowlanguage;

import dev.patchbay.flowlanguage.expression.Template;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * The members that this profile adds to the standard, in a task's {@code metadata}.
 *
 * @param compensate the function that undoes this call when the run fails or is cancelled later
 * @param idempotencyKey calls with an equal key take effect once; without it, the run and the task's name are the key
 * @param rateLimit the limit for calls of this task
 * @param onUnknown the policy when a call's outcome is unknown; empty for the function's default
 * @param patience how long a call waits for a provider that does not answer; empty for the function's default
 */
public record TaskMetadata(
        Optional<String> compensate,
        Optional<Template> idempotencyKey,
        Optional<RateLimit> rateLimit,
        Optional<OnUnknown> onUnknown,
        Optional<Duration> patience) {

    /** A task without metadata. */
    public static final TaskMetadata NONE =
            new TaskMetadata(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** At most {@code count} calls in any period of length {@code per}. */
    public record RateLimit(int count, Duration per) {}

    /** The policy for a call with an unknown outcome: look it up at the provider, park the run and ask a person, or fail the task. */
    public enum OnUnknown {
        LOOKUP,
        ASK,
        FAIL;

        /** The value in flow files. */
        public String keyword() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
