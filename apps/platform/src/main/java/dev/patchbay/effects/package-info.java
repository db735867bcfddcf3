/**
 * Effects: carries out every outward act at most once (ADR 0006). Holds the effect ledger, the executor of actions with its
 * rate limits, and the lease of this process among its peers.
 * Ports: {@code effects.spi} (CRM, calendar, messaging), implemented by integrations. Neighbours: connections (accounts),
 * ingress (delivery receipts), iam (clients).
 */
@ApplicationModule(allowedDependencies = {"connections", "connections :: http", "ingress", "ingress :: spi"})
@NullMarked
package dev.patchbay.effects;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
