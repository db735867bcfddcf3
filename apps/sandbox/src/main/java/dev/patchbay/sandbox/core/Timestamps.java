package dev.patchbay.sandbox.core;

import java.time.Clock;
import java.time.temporal.ChronoUnit;

/** Timestamps in the format that HighLevel and Google share. */
public final class Timestamps {

    private Timestamps() {}

    /** The clock's time in ISO-8601, UTC, with at most milliseconds: {@code 2026-12-01T15:00:00.123Z}. */
    public static String now(Clock clock) {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS).toString();
    }
}
