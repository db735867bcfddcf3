package dev.patchbay.effects;

import dev.patchbay.kernel.ConnectionId;

/** Writes the caller's own rows in the ledger's transactions, so that the two never disagree. */
public interface SettlementListener {

    /**
     * Runs in the transaction that claims the effect, which is committed before the first byte is sent.
     *
     * @return false when the caller no longer owns the action, so that nothing is claimed
     */
    default boolean onClaim() {
        return true;
    }

    /** The connection through which the attempt goes, before anything is claimed or sent; outside of a transaction. */
    default void onConnection(ConnectionId connectionId) {}

    /** Runs in the transaction that settles the attempt. Must throw only when the database fails. */
    default void onSettled(Outcome outcome) {}
}
