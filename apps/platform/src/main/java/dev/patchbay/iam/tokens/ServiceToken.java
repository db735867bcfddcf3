package dev.patchbay.iam.tokens;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What may be known of a service token: everything but the token.
 *
 * @param permissions patterns, as they were given
 * @param clientId the only client it serves; null: the whole tenant
 * @param usedAt last use, to the minute
 */
public record ServiceToken(
        String id,
        String name,
        List<String> permissions,
        @Nullable String clientId,
        String issuedBy,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant revokedAt,
        @Nullable Instant usedAt) {}
