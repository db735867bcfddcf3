package dev.patchbay.iam.access;

import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Permission;
import dev.patchbay.kernel.UserId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * The permissions of a service token, and what they rest on.
 *
 * @param permissions patterns; either half may be {@code *}
 * @param client the only client it serves; empty: the whole tenant
 * @param issuer the user who issued it, or the token by which it was issued: it allows what they hold at the time; empty when the
 *     system issued it
 * @param until when it, or a token by which it was issued, expires; {@link Instant#MAX}: never
 */
public record TokenGrant(
        Set<Permission> permissions, Optional<ClientId> client, Optional<UserId> issuer, Instant until) {

    /** Of a token that rests on nothing. */
    public TokenGrant(Set<Permission> permissions, Optional<ClientId> client) {
        this(permissions, client, Optional.empty(), Instant.MAX);
    }

    /**
     * Whether it includes the permission. A wildcard includes no permission that reaches beyond the tenant, and a token
     * for one client none that is held for the whole agency only.
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
