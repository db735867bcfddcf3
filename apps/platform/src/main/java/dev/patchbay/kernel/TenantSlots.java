package dev.patchbay.kernel;

import java.util.HashMap;
import java.util.Map;

/**
 * The slots of a shared resource. One tenant gets at most half of them, so however slow its work is, the other half is left for
 * the other tenants.
 */
public final class TenantSlots {

    private final int total;
    private final int share;
    private final Map<TenantId, Integer> takenByTenant = new HashMap<>();
    private int used;

    /**
     * Creates free slots.
     *
     * @param total the number of slots; a single slot can be taken by any tenant
     */
    public TenantSlots(int total) {
        this.total = total;
        this.share = Math.max(1, total / 2);
    }

    /** Takes a slot; returns false when all slots are taken, or the tenant has its full share. */
    public synchronized boolean tryAcquire(TenantId tenant) {
        int own = takenByTenant.getOrDefault(tenant, 0);
        if (used >= total || own >= share) {
            return false;
        }
        takenByTenant.put(tenant, own + 1);
        used++;
        return true;
    }

    /** Releases a slot that the tenant took. */
    public synchronized void release(TenantId tenant) {
        takenByTenant.computeIfPresent(tenant, (any, own) -> own == 1 ? null : own - 1);
        used--;
    }
}
