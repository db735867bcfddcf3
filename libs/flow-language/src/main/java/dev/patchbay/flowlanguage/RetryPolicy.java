package dev.patchbay.flowlanguage;

import dev.patchbay.flowlanguage.expression.Expression;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * When and how often a {@code try} runs again.
 *
 * @param when retry only an error for which it yields true
 * @param exceptWhen do not retry an error for which it yields true
 * @param delay the wait before the second attempt
 * @param maxAttempts all attempts, the first included; {@link Integer#MAX_VALUE} when the file sets no count
 * @param maxDuration no attempt starts later than this after the first one
 * @param jitter a random wait added to each delay
 */
public record RetryPolicy(
        Optional<Expression> when,
        Optional<Expression> exceptWhen,
        Duration delay,
        Backoff backoff,
        int maxAttempts,
        Optional<Duration> maxDuration,
        Optional<Jitter> jitter) {

    /** How delays grow: 5 s, 5 s, 5 s (constant); 5 s, 10 s, 15 s (linear); 5 s, 10 s, 20 s (exponential). */
    public enum Backoff {
        CONSTANT,
        LINEAR,
        EXPONENTIAL;

        /** From the file's {@code backoff}, such as {@code {exponential: {}}}. */
        static Backoff of(JsonNode node) {
            return valueOf(node.propertyNames().iterator().next().toUpperCase(Locale.ROOT));
        }
    }

    /** A random wait between {@code from} and {@code to}. */
    public record Jitter(Duration from, Duration to) {}

    private static final Duration MAX_DELAY = Duration.ofDays(1);

    /** The wait after attempt number {@code attempt} (the first is 1), without jitter; never longer than a day. */
    public Duration delayAfter(int attempt) {
        long factor = switch (backoff) {
            case CONSTANT -> 1;
            case LINEAR -> attempt;
            case EXPONENTIAL -> 1L << Math.min(attempt - 1, 20);
        };
        return delay.compareTo(MAX_DELAY.dividedBy(factor)) > 0 ? MAX_DELAY : delay.multipliedBy(factor);
    }
}
