package dev.patchbay.connections.internal;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Caches values that were found, for a fixed time. Misses are not cached, so guessed keys take no memory. The value is loaded
 * outside the cache's locks, because a loader may wait for a database connection. A value whose loading began before an
 * invalidation is not cached, because it may be the old one.
 */
final class PositiveCache<K, V> {

    private static final int MAX_ENTRIES = 100_000;

    private final Cache<K, V> cache;
    private final AtomicLong invalidations = new AtomicLong();

    PositiveCache(Clock clock, Duration lifetime) {
        this.cache = Caffeine.newBuilder()
                .maximumSize(MAX_ENTRIES)
                .expireAfterWrite(lifetime)
                .ticker(() -> nanos(clock.instant()))
                .build();
    }

    private static long nanos(Instant now) {
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    }

    Optional<V> find(K key, Supplier<Optional<V>> loader) {
        V cached = cache.getIfPresent(key);
        if (cached != null) {
            return Optional.of(cached);
        }
        long before = invalidations.get();
        Optional<V> loaded = loader.get();
        loaded.ifPresent(value -> putUnlessInvalidated(key, value, before));
        return loaded;
    }

    private synchronized void putUnlessInvalidated(K key, V value, long before) {
        if (invalidations.get() == before) {
            cache.put(key, value);
        }
    }

    synchronized void invalidateAll() {
        invalidations.incrementAndGet();
        cache.invalidateAll();
    }
}
