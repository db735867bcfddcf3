package dev.patchbay.flows.run;

import dev.patchbay.effects.spi.FailureReason;
import java.time.Duration;
import java.util.Optional;

/**
 * The outcome of an attempt as the journal keeps it.
 *
 * @param reason why it did not succeed; empty when it succeeded, and while the outcome is open
 * @param delay the time until the next attempt
 */
public record AttemptResult(AttemptOutcome outcome, Optional<FailureReason> reason, Optional<Duration> delay) {

    /** @param text the text that was written by {@link dev.patchbay.effects.Outcome#text} */
    public static AttemptResult parse(String text) {
        String[] words = text.split(" ", 3);
        var outcome = AttemptOutcome.ofStored(words[0]);
        return switch (outcome) {
            case SUCCEEDED, NEEDS_PERSON -> new AttemptResult(outcome, Optional.empty(), Optional.empty());
            case DEFERRED -> new AttemptResult(outcome, Optional.empty(), Optional.of(delay(words[1])));
            case RETRIED ->
                new AttemptResult(outcome, Optional.of(FailureReason.valueOf(words[2])), Optional.of(delay(words[1])));
            case FAILED -> new AttemptResult(outcome, Optional.of(FailureReason.valueOf(words[1])), Optional.empty());
        };
    }

    private static Duration delay(String milliseconds) {
        return Duration.ofMillis(Long.parseLong(milliseconds));
    }
}
