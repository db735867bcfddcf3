/** The effect ledger (ADR 0006): who may act, whether an act was done, and what to do when nobody knows. */
@NullMarked
package dev.patchbay.flows.internal.effect;

import org.jspecify.annotations.NullMarked;
