/** The effect ledger (ADR 0006): which process may act, whether an act was done, and what follows from an unknown outcome. */
@NullMarked
package dev.patchbay.effects.internal.ledger;

import org.jspecify.annotations.NullMarked;
