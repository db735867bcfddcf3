/**
 * Flows: keeps flow definitions, starts one durable run for each flow and event, and journals every step (ADR 0013). Each named
 * interface has its entry points: {@code definition} has {@link dev.patchbay.flows.definition.Flows} and
 * {@link dev.patchbay.flows.definition.FlowVersions}, {@code run} has {@link dev.patchbay.flows.run.Runs}, and {@code history} has
 * {@link dev.patchbay.flows.history.RunHistory} for questions across contexts.
 * Port: {@link dev.patchbay.flows.spi.EffectOwner}, implemented by livecalls.
 * Neighbours: ingress (events in), effects (acts out), connections (bindings), iam (callers and clients).
 */
@ApplicationModule(
        allowedDependencies = {
            "connections",
            "connections :: http",
            "connections :: spi",
            "effects",
            "effects :: spi",
            "iam :: access",
            "iam :: tenants",
            "ingress",
            "ingress :: spi"
        })
@NullMarked
package dev.patchbay.flows;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
