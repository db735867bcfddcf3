package dev.patchbay.effects;

/** Whoever wants an act made: it writes its own books in the ledger's transactions, so that both say the same. */
public interface SettlementListener {

    /**
     * The act is being claimed. What this writes is committed before the first byte is sent.
     *
     * @return false when it is not the witness's to make any more, so that nothing is claimed
     */
    default boolean claiming() {
        return true;
    }

    /** What came of the attempt. Must not throw for anything but the database. */
    default void settled(Outcome outcome) {}
}
