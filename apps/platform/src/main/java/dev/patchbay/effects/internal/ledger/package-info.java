/** The effect ledger (ADR 0006): claims, settlements and incidents of effects, and how people see and decide them. */
@NullMarked
package dev.patchbay.effects.internal.ledger;

import org.jspecify.annotations.NullMarked;
