package dev.patchbay.connections.http;

import java.time.Duration;

/**
 * The time within which its holder may send. It is measured on the monotonic clock and on the system clock, because a machine may be
 * suspended and a clock may jump, and is open only while both say so. It starts before the claim is sent, so it ends no later than
 * the database's window (ADR 0006).
 */
public record Window(long startedNanos, long startedMillis, Duration length) {

    /** Reserved at the end, so that a request that has just started still ends within the window. */
    private static final Duration MARGIN = Duration.ofMillis(100);

    /** A window that starts now, by the process's own clocks. */
    public static Window startingNow(Duration length) {
        return new Window(System.nanoTime(), System.currentTimeMillis(), length);
    }

    public boolean isOpen() {
        return !remaining().isZero();
    }

    /** The remaining time by the clock that is further ahead; zero when the window is closed. */
    public Duration remaining() {
        Duration byMonotonicClock = Duration.ofNanos(System.nanoTime() - startedNanos);
        Duration bySystemClock = Duration.ofMillis(System.currentTimeMillis() - startedMillis);
        Duration elapsed = byMonotonicClock.compareTo(bySystemClock) > 0 ? byMonotonicClock : bySystemClock;
        Duration remaining = length.minus(MARGIN).minus(elapsed);
        return remaining.isNegative() ? Duration.ZERO : remaining;
    }
}
