package dev.patchbay.effects.internal.action;

import dev.patchbay.effects.Outcome;

/**
 * How an attempt ended, and what the ledger is to write of it.
 *
 * @param ledger runs in the transaction in which the act is settled
 */
record Settlement(Outcome outcome, Runnable ledger) {

    /** The ledger has nothing to write. */
    static Settlement of(Outcome outcome) {
        return new Settlement(outcome, () -> {});
    }
}
