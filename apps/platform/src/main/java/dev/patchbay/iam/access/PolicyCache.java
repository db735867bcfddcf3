package dev.patchbay.iam.access;

import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Each tenant's policy in memory. Whoever asks when it was last compared with the database more than {@link #FRESH} ago
 * compares it first, so that a change made anywhere holds everywhere within that time, and a database that is away ends
 * access rather than leaving it as it was.
 */
@Component
final class PolicyCache {

    private static final Duration FRESH = Duration.ofMillis(500);

    /** The tenant's policy, and when it was known to be so; by the machine's monotonic clock. */
    private record Known(Policy policy, long version, long at) {

        boolean isFresh() {
            return System.nanoTime() - at < FRESH.toNanos();
        }
    }

    private static final class Slot {
        private final ReentrantLock comparing = new ReentrantLock();
        private volatile @Nullable Known known;
    }

    private final ConcurrentHashMap<TenantId, Slot> slots = new ConcurrentHashMap<>();
    private final PolicyRepository rows;
    private final Tenancy tenancy;

    PolicyCache(PolicyRepository rows, Tenancy tenancy) {
        this.rows = rows;
        this.tenancy = tenancy;
    }

    Policy get(TenantId tenant) {
        Slot slot = slots.computeIfAbsent(tenant, wanted -> new Slot());
        Known known = slot.known;
        if (known != null && known.isFresh()) {
            return known.policy();
        }
        slot.comparing.lock();
        try {
            Known before = slot.known;
            if (before != null && before.isFresh()) {
                return before.policy();
            }
            // Stamped before it is read: what is changed meanwhile is seen the next time.
            long at = System.nanoTime();
            Known now = tenancy.inTenant(tenant, () -> compare(tenant, before, at));
            slot.known = now;
            return now.policy();
        } finally {
            slot.comparing.unlock();
        }
    }

    private Known compare(TenantId tenant, @Nullable Known before, long at) {
        long version = rows.findVersion(tenant);
        return before != null && before.version() == version
                ? new Known(before.policy(), version, at)
                : new Known(rows.load(tenant), version, at);
    }

    /** What was just changed here holds here at once. */
    void evict(TenantId tenant) {
        slots.remove(tenant);
    }
}
