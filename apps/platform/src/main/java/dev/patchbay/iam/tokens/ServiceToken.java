package dev.patchbay.iam.tokens;

import dev.patchbay.iam.TokenId;
import dev.patchbay.iam.access.Permissions;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Permission;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A service token without its secret.
 *
 * @param permissions patterns; either half may be {@code *}
 * @param clientId the only client for which it is valid; null for the whole tenant
 * @param issuedBy a user's or service token's id, or {@code system}
 * @param expiresAt null when it does not expire
 * @param usedAt the time of the last use, to the minute
 */
public record ServiceToken(
        TokenId id,
        String name,
        List<String> permissions,
        @Nullable String clientId,
        String issuedBy,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant revokedAt,
        @Nullable Instant usedAt) {

    /** Returns its state at that time. */
    TokenState stateAt(Instant now) {
        if (revokedAt != null) {
            return TokenState.REVOKED;
        }
        return expiresAt != null && !expiresAt.isAfter(now) ? TokenState.EXPIRED : TokenState.ACTIVE;
    }

    /** Returns every permission with which it was issued. */
    Set<Permission> allowed() {
        return Permissions.expand(permissions.stream().map(Permission::of).collect(Collectors.toSet()));
    }

    /** Returns the scope of audit entries about this token. */
    TenantScope scope(TenantId tenant) {
        return client().map(client -> TenantScope.of(tenant, client)).orElse(TenantScope.of(tenant));
    }

    Optional<ClientId> client() {
        return Optional.ofNullable(clientId).map(ClientId::new);
    }
}
