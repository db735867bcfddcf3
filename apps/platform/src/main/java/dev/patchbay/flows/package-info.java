/**
 * Flows: keeps flow definitions, starts one durable run for each flow and event, journals every step, and answers agents during
 * live calls (ADR 0013).
 * Entry points: {@link dev.patchbay.flows.Flows} and {@link dev.patchbay.flows.FlowVersions} for definitions,
 * {@link dev.patchbay.flows.Runs} for runs, {@link dev.patchbay.flows.LiveInvocations} for live calls,
 * {@link dev.patchbay.flows.RunHistory} for questions across contexts.
 * Neighbours: ingress (events and live calls in), effects (acts out), connections (bindings), iam (callers and clients).
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
