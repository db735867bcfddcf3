/**
 * Flows: keeps flow definitions, starts one durable run for each flow and event, journals every step, and lets each
 * outward act happen at most once (ADR 0006).
 * Front door: {@link dev.patchbay.flows.Flows}, and {@link dev.patchbay.flows.FlowVersions} for which version is active. Ports: {@code flows.spi} (CRM, calendar, messaging), implemented by
 * integrations. Neighbours: ingress (events), connections (accounts), iam (callers).
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
