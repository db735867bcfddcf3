package dev.patchbay.kernel;

import java.util.Optional;

/**
 * An audited change. A context publishes it in the transaction of the change; the audit context stores it in the same
 * transaction, with the request's address, user agent and impersonator. It must hold no personal data of callers, not even as a
 * digest: audit entries outlive erasures.
 *
 * @param actor the id of a service token or user, or {@code system}
 * @param action resource and past participle, for example {@code flow.promoted}
 * @param resource the changed resource, for example {@code flow/flw_01…}
 * @param before digest of the state before, SHA-256 in hex; empty when there was no such state
 * @param after digest of the state after; empty when nothing remains
 * @param outcome the outcome of a refusal, for example {@code denied 12 times}; empty for a change
 */
public record Auditable(
        TenantScope scope,
        String actor,
        String action,
        String resource,
        Optional<String> before,
        Optional<String> after,
        CorrelationId correlation,
        Optional<String> outcome) {

    /** Creates the entry of a change that was made. */
    public Auditable(
            TenantScope scope,
            String actor,
            String action,
            String resource,
            Optional<String> before,
            Optional<String> after,
            CorrelationId correlation) {
        this(scope, actor, action, resource, before, after, correlation, Optional.empty());
    }
}
