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
 * How many requests of one tenant may be under way at once, so that its silent servers keep nobody else from the pool of connections.
 * Further ones wait for a place within their own time.
 */
final class TenantShares {

    private final int share;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition freed = lock.newCondition();
    private final Map<TenantId, Integer> underWay = new HashMap<>();

    TenantShares(int share) {
        this.share = share;
    }

    /** A place of the tenant for which this thread works; of the installation's own work there is always one. */
    @FunctionalInterface
    interface Place extends AutoCloseable {
        @Override
        void close();
    }

    /** Empty when no place became free in time. */
    Optional<Place> take(Duration patience) throws InterruptedException {
        Optional<TenantId> tenant = TenantContext.current();
        return tenant.isEmpty() ? Optional.of(() -> {}) : take(tenant.get(), patience.toNanos());
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
            return Optional.of(() -> release(tenant));
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
