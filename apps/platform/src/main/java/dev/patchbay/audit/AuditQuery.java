package dev.patchbay.audit;

import java.time.Instant;
import java.util.Optional;

/**
 * A filter of audit entries; empty members match everything.
 *
 * @param action an action, or the beginning of one up to a dot: {@code flow.}
 * @param from at that time or later, to the millisecond
 * @param to before that time
 * @param after the id of the last entry already listed; older ones follow
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

    /** Whether it excludes entries; then the result is not a chain. */
    public boolean isFiltered() {
        return !equals(newest(limit));
    }
}
