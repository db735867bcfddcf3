package dev.patchbay.iam.access;

import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Permission;
import java.util.Optional;
import java.util.Set;

/**
 * The permissions of a service token.
 *
 * @param permissions patterns; either half may be {@code *}
 * @param client the only client it serves; empty: the whole tenant
 */
public record TokenGrant(Set<Permission> permissions, Optional<ClientId> client) {

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
