package dev.patchbay.iam.access;

import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Permission;
import dev.patchbay.kernel.UserId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * The permissions of a service token, with the issuer and the end that limit them.
 *
 * @param permissions patterns; either half may be {@code *}
 * @param client the only client for which it is valid; empty for the whole tenant
 * @param issuer the user or token that issued it, whose present permissions limit it; empty when the system issued it
 * @param until the moment at which it, or a token by which it was issued, expires; {@link Instant#MAX} when neither does
 */
public record TokenGrant(
        Set<Permission> permissions, Optional<ClientId> client, Optional<UserId> issuer, Instant until) {

    /** Creates a grant that depends on no issuer and has no end. */
    public TokenGrant(Set<Permission> permissions, Optional<ClientId> client) {
        this(permissions, client, Optional.empty(), Instant.MAX);
    }

    /**
     * Returns whether the grant includes the permission. A wildcard includes no permission that reaches beyond the tenant. A
     * token for one client includes no permission that can be held for the whole agency only.
     */
    boolean allows(Permission permission) {
        if (client.isPresent() && Permissions.isAgencyWide(permission)) {
            return false;
        }
        return permissions.contains(permission)
                || (!Permissions.isPlatform(permission)
                        && Permissions.all().containsKey(permission)
                        && permissions.stream().anyMatch(pattern -> pattern.implies(permission)));
    }
}
