package dev.patchbay.kernel;

/**
 * A fact about a conversation changed. The context that owns the fact publishes it in the transaction of the change, as it does
 * {@link Auditable}, and read models that follow from such facts are written in the same transaction.
 */
public record ConversationChanged(TenantId tenant, CorrelationId correlation, Fact fact) {

    /** The kind of fact that changed. */
    public enum Fact {
        /** An event about a call was handed to its consumers, or could not be. */
        EVENT,
        /** The status of a run, or what it has booked. */
        RUN,
        /** A function that an agent called during a call. */
        LIVE_FUNCTION
    }
}
