package dev.patchbay.kernel.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Distinguishes a new failure from one that was logged within the last minute, by its type and the place that threw it. */
final class RepeatedFailures {

    private static final Duration QUIET = Duration.ofMinutes(1);

    private static final int MAX_PLACES = 1_000;

    private final Cache<String, Instant> logged =
            Caffeine.newBuilder().maximumSize(MAX_PLACES).build();

    private final Clock clock;

    RepeatedFailures(Clock clock) {
        this.clock = clock;
    }

    /** Returns whether the stack of the failure should be logged. Failures of the next minute then count as repetitions. */
    boolean isDue(Throwable failure) {
        Instant now = clock.instant();
        var due = new boolean[1];
        logged.asMap().compute(placeOf(failure), (place, last) -> {
            due[0] = last == null || !last.plus(QUIET).isAfter(now);
            return due[0] || last == null ? now : last;
        });
        return due[0];
    }

    static String placeOf(Throwable failure) {
        StackTraceElement[] frames = failure.getStackTrace();
        return failure.getClass().getName() + (frames.length == 0 ? "" : " at " + frames[0]);
    }
}
