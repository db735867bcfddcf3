package dev.patchbay.effects.internal.ratelimit;

import dev.patchbay.effects.spi.Quota;
import java.time.Duration;
import java.time.Instant;

/**
 * A quota's period, cut into windows. Tokens taken in a window count for the period and two windows more: one because they
 * may have been taken at the window's end, one because the requests may reach the provider that much later. So no period by
 * the provider's clock sees more than the quota.
 *
 * @param window length of one window
 * @param memory how long the tokens of a window count
 */
record RateWindow(Duration window, Duration memory) {

    private static final int WINDOWS_PER_QUOTA = 10;
    private static final Duration MAX_WINDOW = Duration.ofMinutes(5);
    private static final Duration MIN_WINDOW = Duration.ofMillis(1);

    static RateWindow of(Quota quota) {
        Duration tenth = quota.per().dividedBy(WINDOWS_PER_QUOTA);
        Duration window =
                tenth.compareTo(MAX_WINDOW) > 0 ? MAX_WINDOW : tenth.compareTo(MIN_WINDOW) < 0 ? MIN_WINDOW : tenth;
        return new RateWindow(window, quota.per().plus(window).plus(window));
    }

    Instant start(Instant now) {
        long length = window.toMillis();
        return Instant.ofEpochMilli(Math.floorDiv(now.toEpochMilli(), length) * length);
    }

    Instant end(Instant now) {
        return start(now).plus(window);
    }

    /** How far apart calls of this cost are when the quota is used to the full. */
    Duration pace(Quota quota) {
        return memory.multipliedBy(quota.cost()).dividedBy(quota.count());
    }
}
