package dev.patchbay.kernel;

import java.util.Optional;

/**
 * Published by a context in the transaction of the change it describes; the audit context writes it down in that same
 * transaction, with what the request being served says of itself: address, user agent, who acts for whom. Nothing in it may
 * tell of a person who was called or calls, not even as a digest: entries outlive erasures.
 *
 * @param actor who did it: a service token's or person's id, or {@code system}
 * @param action verb and resource, for example {@code flow.promoted}
 * @param resource what it was done to, for example {@code flow/flw_01…}
 * @param before digest of the state before, SHA-256 in hex; empty when there was none
 * @param after digest of the state after; empty when nothing remains
 */
public record Auditable(
        TenantScope scope,
        String actor,
        String action,
        String resource,
        Optional<String> before,
        Optional<String> after,
        CorrelationId correlation) {}
