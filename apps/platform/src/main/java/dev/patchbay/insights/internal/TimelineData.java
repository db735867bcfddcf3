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

    /** The data of one call; events that it caused have conversations of its own. */
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
