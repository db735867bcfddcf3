package dev.patchbay.insights.internal;

import dev.patchbay.ingress.Event;
import dev.patchbay.kernel.CorrelationId;
import java.util.List;
import java.util.Set;

/**
 * The data that a timeline is rendered from.
 *
 * @param correlations the latest first
 * @param complete false when older conversations are left out
 */
record TimelineData(List<CorrelationId> correlations, boolean complete, List<Event> events, History history) {

    /** Returns the data of one call. Events that it caused are left out, because they have conversations of their own. */
    TimelineData ofCall(String callId, Set<CorrelationId> conversations) {
        return new TimelineData(
                correlations.stream().filter(conversations::contains).toList(),
                complete,
                events.stream()
                        .filter(event -> conversations.contains(event.correlation()))
                        .toList(),
                history.ofCall(callId, conversations));
    }
}
