package dev.patchbay.ingress;

import java.util.Optional;

/**
 * Which events to list; what is empty does not narrow.
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
        Optional<Event.Status> status,
        int limit,
        Optional<String> after) {

    public EventQuery {
        limit = Math.clamp(limit, 1, 100);
    }
}
