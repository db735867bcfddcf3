package dev.patchbay.iam.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Caches the policy of each tenant. A policy that was last compared with the database more than {@link #MAX_AGE} ago is compared
 * before it is used, so a change applies in every process within that time. While the database is unreachable, access is
 * refused.
 */
@Component
final class PolicyCache {

    private static final Duration MAX_AGE = Duration.ofMillis(500);

    /** Policies of tenants without requests are evicted after this time. */
    private static final Duration MAX_IDLE_TIME = Duration.ofHours(1);

    /** @param comparedAt of the machine's monotonic clock, in nanoseconds */
    private record VersionedPolicy(Policy policy, long version, long comparedAt) {

        boolean isFresh() {
            return System.nanoTime() - comparedAt < MAX_AGE.toNanos();
        }
    }

    private static final class Slot {
        private final ReentrantLock comparison = new ReentrantLock();
        private volatile @Nullable VersionedPolicy current;
    }

    private final Cache<TenantId, Slot> slots =
            Caffeine.newBuilder().expireAfterAccess(MAX_IDLE_TIME).build();

    private final PolicyRepository repository;
    private final Tenancy tenancy;

    PolicyCache(PolicyRepository repository, Tenancy tenancy) {
        this.repository = repository;
        this.tenancy = tenancy;
    }

    Policy get(TenantId tenant) {
        Slot slot = slots.get(tenant, absent -> new Slot());
        VersionedPolicy current = slot.current;
        if (current != null && current.isFresh()) {
            return current.policy();
        }
        slot.comparison.lock();
        try {
            VersionedPolicy before = slot.current;
            if (before != null && before.isFresh()) {
                return before.policy();
            }
            // Taken before the read, so that a change during the read is seen at the next comparison.
            long now = System.nanoTime();
            VersionedPolicy after = tenancy.inTenant(tenant, () -> compare(tenant, before, now));
            slot.current = after;
            return after.policy();
        } finally {
            slot.comparison.unlock();
        }
    }

    private VersionedPolicy compare(TenantId tenant, @Nullable VersionedPolicy before, long now) {
        long version = repository.findVersion(tenant);
        return before != null && before.version() == version
                ? new VersionedPolicy(before.policy(), version, now)
                : new VersionedPolicy(repository.load(tenant), version, now);
    }

    /** Applies a change made by this process at once. */
    void evict(TenantId tenant) {
        slots.invalidate(tenant);
    }
}
