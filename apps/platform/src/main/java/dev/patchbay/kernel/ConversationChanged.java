package dev.patchbay.kernel;

/**
 * Announces that a fact about a conversation changed: an event was delivered to its consumers or failed, a run changed its status
 * or made a booking, an agent called a function during a call. The context that owns the fact publishes it in the transaction of
 * the change, as it does {@link Auditable}. Read models of such facts are written shortly after.
 */
public record ConversationChanged(TenantId tenant, CorrelationId correlation) {}
