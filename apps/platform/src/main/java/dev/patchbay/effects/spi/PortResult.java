package dev.patchbay.effects.spi;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** The result of one call to a provider. The effect ledger decides what happens next. */
public sealed interface PortResult<T> {

    /**
     * Done, and the provider proved it.
     *
     * @param providerId the provider's id of what it made or changed; a second, different one is an incident
     */
    record Succeeded<T>(T value, String providerId) implements PortResult<T> {}

    /** Definitely not done, and the same request would be refused again. */
    record Rejected<T>(FailureReason reason, String sentence) implements PortResult<T> {}

    /**
     * Definitely not done, but it may succeed later.
     *
     * @param after the delay that the provider asked for
     */
    record RetryLater<T>(FailureReason reason, String sentence, Optional<Duration> after) implements PortResult<T> {}

    /** The outcome is unknown: it may have been done. */
    record Unknown<T>(String sentence) implements PortResult<T> {}

    /** The provider did not accept the access token; nothing was done. */
    record Unauthorized<T>(String sentence) implements PortResult<T> {}

    /** Continues after a success; any other result stays as it is. */
    default <R> PortResult<R> then(Function<T, PortResult<R>> next) {
        return switch (this) {
            case Succeeded<T> succeeded -> next.apply(succeeded.value());
            case Rejected<T> rejected -> new Rejected<>(rejected.reason(), rejected.sentence());
            case RetryLater<T> later -> new RetryLater<>(later.reason(), later.sentence(), later.after());
            case Unknown<T> unknown -> new Unknown<>(unknown.sentence());
            case Unauthorized<T> refused -> new Unauthorized<>(refused.sentence());
        };
    }
}
