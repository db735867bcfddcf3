package dev.patchbay.kernel;

/**
 * A request that was refused although its sender, or the address to which it was sent, is known. The audit context folds
 * repetitions, so that a flood of them becomes a few entries.
 *
 * @param actor the id of a user or service token, or the connection to whose address it was sent
 * @param action {@code access.denied} or {@code webhook.refused}
 * @param resource the permission or the connection
 * @param outcome {@code denied} or {@code refused}
 */
public record Refusal(TenantScope scope, String actor, String action, String resource, String outcome) {}
