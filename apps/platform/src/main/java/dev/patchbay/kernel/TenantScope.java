package dev.patchbay.kernel;

import java.util.Optional;

/**
 * Whose rows may be touched: a tenant, or one client of it. It comes from the session, the service token or the
 * ingress key, never from a request body.
 */
public record TenantScope(TenantId tenant, Optional<ClientId> client) {

    /** All of a tenant's rows. */
    public static TenantScope of(TenantId tenant) {
        return new TenantScope(tenant, Optional.empty());
    }

    /** One client's rows. */
    public static TenantScope of(TenantId tenant, ClientId client) {
        return new TenantScope(tenant, Optional.of(client));
    }
}
