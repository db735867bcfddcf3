package dev.patchbay.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One audited action.
 *
 * @param actor a user's or service token's id, or {@code system}
 * @param before digest of the resource's state before, SHA-256 in hex; null when there was no such state
 * @param after digest of the state after; null when there is no such state
 * @param sourceIp address of the request; null for actions of the system
 * @param onBehalfOf the operator who impersonated the actor; null when the actor acted themselves
 * @param outcome the outcome of a refusal: {@code denied} or {@code refused}, with the number of repetitions; null for a change
 * @param seq its number in the tenant's chain, from 1; null until it is sealed, which happens within a second
 * @param hash the hash of this entry and all before it, SHA-256 in hex; null until it is sealed
 */
public record AuditEntry(
        String id,
        @Nullable String clientId,
        String actor,
        String action,
        String resource,
        @Nullable String before,
        @Nullable String after,
        String correlationId,
        @Nullable String sourceIp,
        @Nullable String userAgent,
        @Nullable String onBehalfOf,
        @Nullable String outcome,
        Instant at,
        @Nullable Long seq,
        @Nullable String hash) {}
