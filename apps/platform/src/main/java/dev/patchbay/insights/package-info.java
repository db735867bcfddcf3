/**
 * Insights: read-only questions across contexts. The only one so far is the timeline of a caller, a call, a contact or an
 * appointment (docs/timeline.md).
 * Entry point: {@link dev.patchbay.insights.Timelines}. Neighbours: ingress (events), flows (runs), livecalls (calls), effects, iam
 * (callers, clients).
 */
@ApplicationModule(
        allowedDependencies = {
            "effects",
            "effects :: spi",
            "flows :: history",
            "flows :: run",
            "iam :: access",
            "iam :: tenants",
            "ingress",
            "livecalls"
        })
@NullMarked
package dev.patchbay.insights;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
