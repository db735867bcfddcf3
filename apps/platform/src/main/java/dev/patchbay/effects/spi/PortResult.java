package dev.patchbay.effects.spi;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** What an adapter says of an act it attempted; the ledger decides what happens next. */
public sealed interface PortResult<T> {

    /**
     * Done, and the provider proved it.
     *
     * @param providerId the provider's id of what exists now: a second, different one is an incident
     */
    record Succeeded<T>(T value, String providerId) implements PortResult<T> {}

    /** Definitely not done, and asking again as it is would not help. */
    record Rejected<T>(FailureReason reason, String sentence) implements PortResult<T> {}

    /**
     * Definitely not done, but it may succeed later.
     *
     * @param after what the provider asked us to wait, where it did
     */
    record RetryLater<T>(FailureReason reason, String sentence, Optional<Duration> after) implements PortResult<T> {}

    /** Nobody knows: it may have been done. */
    record Unknown<T>(String sentence) implements PortResult<T> {}

    /** The provider did not accept our access token; nothing was done. */
    record Unauthorized<T>(String sentence) implements PortResult<T> {}

    /** Goes on when this is done; anything else stays what it is. */
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
