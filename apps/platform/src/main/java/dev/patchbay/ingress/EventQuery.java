package dev.patchbay.ingress;

import java.util.Optional;

/**
 * Filters of a list of events; an empty filter does not narrow it.
 *
 * @param phone the caller's number, E.164
 * @param limit items a page, cut to 1 to 100
 * @param after the {@code next} of the page before
 */
public record EventQuery(
        Optional<String> type,
        Optional<String> client,
        Optional<String> correlationId,
        Optional<String> subject,
        Optional<String> phone,
        Optional<EventStatus> status,
        int limit,
        Optional<String> after) {

    private static final int MAX_LIMIT = 100;

    public EventQuery {
        limit = Math.clamp(limit, 1, MAX_LIMIT);
    }
}
