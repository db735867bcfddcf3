package dev.patchbay.flows.spi;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** What an adapter says of an act it attempted; the ledger decides what happens next. */
public sealed interface Answer<T> {

    /**
     * Done, and the provider proved it.
     *
     * @param providerId the provider's id of what exists now: a second, different one is an incident
     */
    record Done<T>(T value, String providerId) implements Answer<T> {}

    /** Definitely not done, and asking again as it is would not help. */
    record Refused<T>(Reason reason, String sentence) implements Answer<T> {}

    /**
     * Definitely not done, but it may succeed later.
     *
     * @param after what the provider asked us to wait, where it did
     */
    record TryLater<T>(Reason reason, String sentence, Optional<Duration> after) implements Answer<T> {}

    /** Nobody knows: it may have been done. */
    record Lost<T>(String sentence) implements Answer<T> {}

    /** The provider did not accept our access token; nothing was done. */
    record Unauthorized<T>(String sentence) implements Answer<T> {}

    /** Goes on when this is done; anything else stays what it is. */
    default <R> Answer<R> then(Function<T, Answer<R>> next) {
        return switch (this) {
            case Done<T> done -> next.apply(done.value());
            case Refused<T> refused -> new Refused<>(refused.reason(), refused.sentence());
            case TryLater<T> later -> new TryLater<>(later.reason(), later.sentence(), later.after());
            case Lost<T> lost -> new Lost<>(lost.sentence());
            case Unauthorized<T> refused -> new Unauthorized<>(refused.sentence());
        };
    }
}
