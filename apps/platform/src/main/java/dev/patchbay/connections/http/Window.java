package dev.patchbay.connections.http;

import java.time.Duration;

/**
 * How long its holder may act. Measured on two clocks (a process may be frozen, a clock may jump); open only while both
 * say so. Taken before the claim is sent, so it ends no later than the database's window (ADR 0006).
 */
public record Window(long startedNanos, long startedMillis, Duration length) {

    /** Kept back at the end, so that a request that just starts still ends inside. */
    private static final Duration MARGIN = Duration.ofMillis(100);

    /** A window that starts now, on the process's own clocks. */
    public static Window startingNow(Duration length) {
        return new Window(System.nanoTime(), System.currentTimeMillis(), length);
    }

    public boolean isOpen() {
        return !remaining().isZero();
    }

    /** What is left, the shorter of both clocks' answers; zero when closed. */
    public Duration remaining() {
        Duration byCounter = Duration.ofNanos(System.nanoTime() - startedNanos);
        Duration byClock = Duration.ofMillis(System.currentTimeMillis() - startedMillis);
        Duration passed = byCounter.compareTo(byClock) > 0 ? byCounter : byClock;
        Duration left = length.minus(MARGIN).minus(passed);
        return left.isNegative() ? Duration.ZERO : left;
    }
}
