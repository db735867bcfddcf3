package dev.patchbay.audit;

import java.time.Instant;
import java.util.Optional;

/**
 * Which entries; what is not given does not narrow.
 *
 * @param action whole, or the beginning of it up to a dot: {@code flow.}
 * @param from done at this moment or later, to the millisecond
 * @param to done before this moment
 * @param after older than this entry
 */
public record AuditQuery(
        Optional<String> actor,
        Optional<String> action,
        Optional<String> resource,
        Optional<String> client,
        Optional<Instant> from,
        Optional<Instant> to,
        Optional<String> correlationId,
        Optional<String> after,
        int limit) {

    /** The newest entries of every kind. */
    public static AuditQuery newest(int limit) {
        Optional<String> any = Optional.empty();
        return new AuditQuery(any, any, any, any, Optional.empty(), Optional.empty(), any, any, limit);
    }

    /** Whether it names some entries and not others: then what it finds is no chain. */
    public boolean narrows() {
        return !equals(newest(limit));
    }
}
