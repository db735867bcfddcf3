package dev.patchbay.connections;

import dev.patchbay.kernel.TenantId;

/** The keys that seal what a tenant entrusts to us. They change while everything goes on (docs/runbooks/key-rotation.md). */
public interface TenantKeys {

    /** Gives the tenant a new data key and seals its secrets with it; what rests elsewhere stays readable. */
    void rotate(TenantId tenant, String actor);
}
