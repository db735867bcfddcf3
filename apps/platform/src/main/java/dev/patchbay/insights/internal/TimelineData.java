package dev.patchbay.insights.internal;

import dev.patchbay.ingress.Event;
import dev.patchbay.kernel.CorrelationId;
import java.util.List;

/**
 * The data that a timeline is rendered from.
 *
 * @param correlations the latest first
 * @param complete false when older conversations are left out
 */
record TimelineData(List<CorrelationId> correlations, boolean complete, List<Event> events, History history) {}
