/**
 * Effects: calls port functions at providers so that each change takes effect at most once (ADR 0006).
 * Entry points: {@link dev.patchbay.effects.Actions} makes attempts, {@link dev.patchbay.effects.Effects} reads the effect
 * ledger, {@link dev.patchbay.effects.OwnAppointments} what a call has in the calendar, {@link dev.patchbay.effects.NodeLease} is this
 * process's right to act. Ports: {@code effects.spi} (CRM, calendar, messaging), implemented by integrations.
 * Neighbours: connections (accounts), ingress (delivery receipts).
 */
@ApplicationModule(
        allowedDependencies = {"connections", "connections :: http", "connections :: spi", "ingress", "ingress :: spi"})
@NullMarked
package dev.patchbay.effects;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
