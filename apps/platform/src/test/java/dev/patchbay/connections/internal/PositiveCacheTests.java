package dev.patchbay.connections.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PositiveCacheTests {

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-30T10:00:00Z"));
    private final PositiveCache<String, String> cache = new PositiveCache<>(clock, Duration.ofSeconds(5));

    @Test
    void valueIsLoadedOnceInItsLifetime() {
        assertThat(cache.find("token", () -> Optional.of("first"))).contains("first");
        assertThat(cache.find("token", () -> Optional.of("second"))).contains("first");
        clock.tick(Duration.ofSeconds(5));
        assertThat(cache.find("token", () -> Optional.of("second"))).contains("second");
    }

    @Test
    void missIsNotCached() {
        assertThat(cache.find("token", Optional::empty)).isEmpty();
        assertThat(cache.find("token", () -> Optional.of("found"))).contains("found");
    }

    /** A token that was refreshed while another thread read the account must not be followed by its predecessor. */
    @Test
    void valueWhoseLoadingBeganBeforeAnInvalidationIsNotCached() {
        var read = cache.find("token", () -> {
            cache.invalidateAll();
            return Optional.of("before the refresh");
        });
        assertThat(read).contains("before the refresh");
        assertThat(cache.find("token", () -> Optional.of("refreshed"))).contains("refreshed");
    }
}
