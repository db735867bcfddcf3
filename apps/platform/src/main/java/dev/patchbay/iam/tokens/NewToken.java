package dev.patchbay.iam.tokens;

import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Permission;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A service token to be issued.
 *
 * @param permissions patterns; either half may be {@code *}
 * @param client the only client it serves; empty: the whole tenant
 * @param expiresAt empty: it is accepted until it is revoked
 */
public record NewToken(
        String name, Set<Permission> permissions, Optional<ClientId> client, Optional<Instant> expiresAt) {

    /** For the whole tenant, without expiry. */
    public static NewToken of(String name, Set<String> permissions) {
        return new NewToken(
                name,
                permissions.stream().map(Permission::of).collect(Collectors.toSet()),
                Optional.empty(),
                Optional.empty());
    }
}
