package dev.patchbay.effects.internal.action;

import dev.patchbay.effects.Outcome;

/**
 * How an attempt ended.
 *
 * @param ledgerUpdate what the ledger records of it; runs in the transaction that settles the outcome
 */
record Settlement(Outcome outcome, Runnable ledgerUpdate) {

    /** An outcome of which the ledger records nothing. */
    static Settlement of(Outcome outcome) {
        return new Settlement(outcome, () -> {});
    }
}
