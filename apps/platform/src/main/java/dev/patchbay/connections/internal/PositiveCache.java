package dev.patchbay.connections.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Remembers for a while what webhooks ask again and again. Only what was found is remembered: guesses by
 * strangers take no room.
 */
final class PositiveCache<K, V> {

    private record Seen<V>(V value, Instant until) {}

    private final ConcurrentHashMap<K, Seen<V>> seen = new ConcurrentHashMap<>();
    private final Clock clock;
    private final Duration kept;

    PositiveCache(Clock clock, Duration kept) {
        this.clock = clock;
        this.kept = kept;
    }

    Optional<V> find(K key, Supplier<Optional<V>> source) {
        Instant now = clock.instant();
        Seen<V> known = seen.get(key);
        if (known != null && now.isBefore(known.until())) {
            return Optional.of(known.value());
        }
        Optional<V> found = source.get();
        found.ifPresent(value -> seen.put(key, new Seen<>(value, now.plus(kept))));
        return found;
    }

    void forgetAll() {
        seen.clear();
    }
}
