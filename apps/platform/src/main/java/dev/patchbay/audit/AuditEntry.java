package dev.patchbay.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One thing somebody did.
 *
 * @param before digest of the resource before, SHA-256 in hex; null when there was none
 * @param sourceIp where the request came from; null for what the system did by itself
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
        Instant at) {}
