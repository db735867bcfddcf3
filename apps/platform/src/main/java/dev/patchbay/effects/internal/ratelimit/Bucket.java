package dev.patchbay.effects.internal.ratelimit;

import dev.patchbay.effects.spi.Quota;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.TenantId;

/** A connection's requests that are counted together, as one client uses them. */
record Bucket(TenantId tenant, String connectionId, String name, ClientId client) {

    /** Whether it is that connection's bucket for the quota, for any client. */
    boolean belongsTo(TenantId otherTenant, String otherConnection, Quota quota) {
        return tenant.equals(otherTenant) && connectionId.equals(otherConnection) && name.equals(quota.bucket());
    }
}
