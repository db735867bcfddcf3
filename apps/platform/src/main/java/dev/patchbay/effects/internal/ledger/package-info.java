/** The effect ledger (ADR 0006): which process may act, whether an act was done, and what follows from an unknown outcome. */
@NamedInterface("ledger")
@NullMarked
package dev.patchbay.effects.internal.ledger;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
