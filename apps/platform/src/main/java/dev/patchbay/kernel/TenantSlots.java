package dev.patchbay.kernel;

import java.util.HashMap;
import java.util.Map;

/**
 * The places of a shared resource, of which one tenant gets half at most: however slow what it does with them is, the others have the
 * other half.
 */
public final class TenantSlots {

    private final int total;
    private final int share;
    private final Map<TenantId, Integer> takenByTenant = new HashMap<>();
    private int used;

    /** @param total how many places there are; a single one may be anybody's */
    public TenantSlots(int total) {
        this.total = total;
        this.share = Math.max(1, total / 2);
    }

    /** False when every place is takenByTenant, or the tenant's share. */
    public synchronized boolean tryAcquire(TenantId tenant) {
        int own = takenByTenant.getOrDefault(tenant, 0);
        if (used >= total || own >= share) {
            return false;
        }
        takenByTenant.put(tenant, own + 1);
        used++;
        return true;
    }

    /** Gives back a place that the tenant took. */
    public synchronized void release(TenantId tenant) {
        takenByTenant.computeIfPresent(tenant, (any, own) -> own == 1 ? null : own - 1);
        used--;
    }
}
