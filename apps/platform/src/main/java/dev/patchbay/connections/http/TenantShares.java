package dev.patchbay.connections.http;

import dev.patchbay.kernel.TenantContext;
import dev.patchbay.kernel.TenantId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Limits how many requests of one tenant may be under way at once, so that its silent servers leave the connection pool to
 * other tenants. Further requests wait for a place within their own time.
 */
final class TenantShares {

    private final int share;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition freed = lock.newCondition();
    private final Map<TenantId, Integer> underWay = new HashMap<>();

    TenantShares(int share) {
        this.share = share;
    }

    /**
     * Holds a place of the tenant for which this thread works. Work of the installation itself always gets a place.
     *
     * @param waited the waiting time; zero when a place was free at once
     */
    record Place(Runnable release, Duration waited) implements AutoCloseable {
        @Override
        public void close() {
            release.run();
        }
    }

    /** Takes a place; returns empty when none became free in time. */
    Optional<Place> take(Duration patience) throws InterruptedException {
        Optional<TenantId> tenant = TenantContext.current();
        return tenant.isEmpty()
                ? Optional.of(new Place(() -> {}, Duration.ZERO))
                : take(tenant.get(), patience.toNanos());
    }

    private Optional<Place> take(TenantId tenant, long patience) throws InterruptedException {
        long left = patience;
        lock.lock();
        try {
            while (underWay.getOrDefault(tenant, 0) >= share) {
                if (left <= 0) {
                    return Optional.empty();
                }
                left = freed.awaitNanos(left);
            }
            underWay.merge(tenant, 1, Integer::sum);
            return Optional.of(new Place(() -> release(tenant), Duration.ofNanos(patience - left)));
        } finally {
            lock.unlock();
        }
    }

    private void release(TenantId tenant) {
        lock.lock();
        try {
            underWay.computeIfPresent(tenant, (any, own) -> own == 1 ? null : own - 1);
            freed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
