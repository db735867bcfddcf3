/**
 * Insights: read-only questions across contexts. The only one so far is the timeline of a caller, a call, a contact or an
 * appointment (docs/timeline.md).
 * Entry point: {@link dev.patchbay.insights.Timelines}. Neighbours: ingress (events), flows (run history), iam (callers,
 * clients).
 */
@ApplicationModule(allowedDependencies = {"effects", "flows", "iam :: access", "iam :: tenants", "ingress"})
@NullMarked
package dev.patchbay.insights;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
