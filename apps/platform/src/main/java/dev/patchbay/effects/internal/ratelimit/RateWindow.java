package dev.patchbay.effects.internal.ratelimit;

import dev.patchbay.effects.spi.Quota;
import java.time.Duration;
import java.time.Instant;

/**
 * A quota's time, cut into windows. What was taken in one is remembered for the quota's stretch of time and two windows
 * more: one since it may have been taken at the window's end, one since it may arrive at the provider that much later. So
 * no stretch of the provider's clock sees more than it allows.
 */
record RateWindow(Duration window, Duration kept) {

    private static final int WINDOWS = 10;
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Duration SHORTEST = Duration.ofMillis(1);

    static RateWindow of(Quota quota) {
        Duration tenth = quota.per().dividedBy(WINDOWS);
        Duration window = tenth.compareTo(LONGEST) > 0 ? LONGEST : tenth.compareTo(SHORTEST) < 0 ? SHORTEST : tenth;
        return new RateWindow(window, quota.per().plus(window).plus(window));
    }

    Instant start(Instant now) {
        long length = window.toMillis();
        return Instant.ofEpochMilli(Math.floorDiv(now.toEpochMilli(), length) * length);
    }

    Instant end(Instant now) {
        return start(now).plus(window);
    }

    /** How long so much takes when everything is used as fast as it comes. */
    Duration pace(Quota quota) {
        return kept.multipliedBy(quota.cost()).dividedBy(quota.count());
    }
}
