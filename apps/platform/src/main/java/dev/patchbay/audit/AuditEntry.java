package dev.patchbay.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One thing somebody did.
 *
 * @param before digest of the resource before, SHA-256 in hex; null when there was none
 * @param sourceIp where the request came from; null for what the system did by itself
 * @param onBehalfOf who of the platform did it as the actor, to help; null when the actor did
 * @param seq its place in the tenant's chain, from 1; null until it is sealed, within a second
 * @param hash of it and all before it, SHA-256 in hex
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
        Instant at,
        @Nullable Long seq,
        @Nullable String hash) {}
