package dev.patchbay.insights.internal;

import dev.patchbay.flows.RunHistory.Trail;
import dev.patchbay.ingress.Event;
import java.util.List;

/**
 * All that belongs together.
 *
 * @param correlations the latest first
 * @param complete false when older conversations were left out
 */
public record TimelineData(List<String> correlations, boolean complete, List<Event> events, Trail trail) {}
