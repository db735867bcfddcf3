package dev.patchbay.connections.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A window ends by the clock that ends it first, so that no jump of a clock lets a request be sent late. */
class WindowTests {

    private static final Duration LENGTH = Duration.ofSeconds(15);
    private static final long HOUR = Duration.ofHours(1).toMillis();

    @Test
    void aClockThatJumpedAheadClosesIt() {
        assertThat(Window.startingNow(LENGTH).isOpen()).isTrue();
        var jumped = new Window(System.nanoTime(), System.currentTimeMillis() - HOUR, LENGTH);
        assertThat(jumped.isOpen()).isFalse();
    }

    @Test
    void aClockThatJumpedBackDoesNotKeepItOpen() {
        var startedNanos = System.nanoTime() - LENGTH.toNanos();
        var jumped = new Window(startedNanos, System.currentTimeMillis() + HOUR, LENGTH);
        assertThat(jumped.remaining()).isZero();
    }

    @Test
    void aSuspendedMachineClosesItThoughTheMonotonicClockStoodStill() {
        var slept = new Window(System.nanoTime(), System.currentTimeMillis() - LENGTH.toMillis(), LENGTH);
        assertThat(slept.isOpen()).isFalse();
    }
}
