/**
 * Insights: read-only questions across contexts. One so far: what happened to a caller, a call, a contact or an appointment,
 * in one order (docs/timeline.md).
 * Front door: {@link dev.patchbay.insights.Timelines}. Neighbours: ingress (events), flows (trails), iam (callers, clients).
 */
@ApplicationModule(allowedDependencies = {"flows", "iam :: access", "iam :: tenants", "ingress"})
@NullMarked
package dev.patchbay.insights;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
