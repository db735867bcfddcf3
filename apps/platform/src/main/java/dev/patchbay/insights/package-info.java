/**
 * Insights: questions across contexts. The timeline of a caller, a call, a contact or an appointment is read from the facts
 * (docs/timeline.md). Lists and figures of calls are read from a read model of their own (docs/calls.md). Entry points:
 * {@link dev.patchbay.insights.Timelines}, {@link dev.patchbay.insights.calls.Calls},
 * {@link dev.patchbay.insights.calls.CallFigures}, {@link dev.patchbay.insights.attention.Attention}. Listens to
 * {@link dev.patchbay.kernel.ConversationChanged}. Neighbours: ingress (events), flows (runs), livecalls (calls), effects,
 * connections, iam (callers, clients).
 */
@ApplicationModule(
        allowedDependencies = {
            "connections",
            "effects",
            "effects :: spi",
            "flows :: history",
            "flows :: run",
            "iam :: access",
            "iam :: tenants",
            "ingress",
            "ingress :: dispatch",
            "ingress :: spi",
            "livecalls"
        })
@NullMarked
package dev.patchbay.insights;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
