package dev.patchbay.connections.internal;

import dev.patchbay.connections.WebhookEndpoint;
import dev.patchbay.kernel.Secret;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Holds all webhook addresses in memory, by the digest of their keys. After a miss the addresses are read again at most four
 * times a second, however many requests miss: guessed addresses cost the database nothing, and a new address works on every
 * process within 250 ms. A cache of single entries could not bound the cost of misses, so this cache is one snapshot.
 */
final class WebhookAddressCache {

    private static final Duration MAX_AGE = Duration.ofSeconds(5);
    private static final Duration MAX_AGE_AFTER_MISS = Duration.ofMillis(250);

    private record Snapshot(Map<String, WebhookEndpoint> endpoints, Instant readAt) {

        private static final Snapshot EMPTY = new Snapshot(Map.of(), Instant.EPOCH);
    }

    private final WebhookAddressRepository addresses;
    private final Tenancy tenancy;
    private final Clock clock;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile Snapshot snapshot = Snapshot.EMPTY;
    private final AtomicLong invalidations = new AtomicLong();

    WebhookAddressCache(WebhookAddressRepository addresses, Tenancy tenancy, Clock clock) {
        this.addresses = addresses;
        this.tenancy = tenancy;
        this.clock = clock;
    }

    Optional<WebhookEndpoint> find(String provider, String key) {
        String lookupKey = WebhookAddressRepository.lookupKey(provider, Secret.hash(key));
        WebhookEndpoint endpoint = readUnlessYoungerThan(MAX_AGE).get(lookupKey);
        return Optional.ofNullable(
                endpoint == null ? readUnlessYoungerThan(MAX_AGE_AFTER_MISS).get(lookupKey) : endpoint);
    }

    synchronized void invalidate() {
        invalidations.incrementAndGet();
        snapshot = Snapshot.EMPTY;
    }

    /** Stores the snapshot, unless an address was changed after the read began. */
    private synchronized void keep(Snapshot read, long before) {
        if (invalidations.get() == before) {
            snapshot = read;
        }
    }

    private Map<String, WebhookEndpoint> readUnlessYoungerThan(Duration age) {
        if (isOlderThan(age) && lockForReading()) {
            try {
                if (isOlderThan(age)) {
                    // The time is taken before the read, so that the next read finds an address created during this
                    // one.
                    Instant readAt = clock.instant();
                    long before = invalidations.get();
                    var read = new Snapshot(tenancy.throughDefinerFunction(addresses::findAll), readAt);
                    keep(read, before);
                    return read.endpoints();
                }
            } finally {
                reading.unlock();
            }
        }
        return snapshot.endpoints();
    }

    /**
     * Tries to lock for a read. While another thread reads, callers use the present snapshot; they wait only when there is
     * none.
     */
    private boolean lockForReading() {
        if (snapshot.readAt().equals(Instant.EPOCH)) {
            reading.lock();
            return true;
        }
        return reading.tryLock();
    }

    private boolean isOlderThan(Duration age) {
        return snapshot.readAt().plus(age).isBefore(clock.instant());
    }
}
