package dev.patchbay.kernel;

/**
 * Announces that a fact about a conversation changed. The context that owns the fact publishes it in the transaction of the
 * change, as it does {@link Auditable}. Read models of such facts are written in the same transaction.
 */
public record ConversationChanged(TenantId tenant, CorrelationId correlation, Fact fact) {

    /** The kind of fact that changed. */
    public enum Fact {
        /** An event about a call was delivered to its consumers, or its delivery failed. */
        EVENT,
        /** The status of a run, or the bookings that it made. */
        RUN,
        /** A function that an agent called during a call. */
        LIVE_FUNCTION
    }
}
