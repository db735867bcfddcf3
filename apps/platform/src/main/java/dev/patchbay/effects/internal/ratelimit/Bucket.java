package dev.patchbay.effects.internal.ratelimit;

import dev.patchbay.effects.spi.Quota;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.TenantId;

/** What is counted together, and the client on whose behalf. */
record Bucket(TenantId tenant, String connectionId, String name, ClientId client) {

    /** The same bucket, on whosever behalf. */
    boolean isShared(TenantId otherTenant, String otherConnection, Quota quota) {
        return tenant.equals(otherTenant) && connectionId.equals(otherConnection) && name.equals(quota.bucket());
    }
}
