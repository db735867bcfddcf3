package dev.patchbay.connections;

import dev.patchbay.kernel.TenantId;

/** The data keys that seal a tenant's secrets. They are rotated without downtime (docs/runbooks/key-rotation.md). */
public interface TenantKeys {

    /** Creates a new data key and seals the tenant's secrets with it; data sealed elsewhere stays readable. */
    void rotate(TenantId tenant, String actor);
}
