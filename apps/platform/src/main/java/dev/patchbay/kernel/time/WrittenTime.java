package dev.patchbay.kernel.time;

import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;

/**
 * The parts of a time that a text names.
 *
 * @param zone the zone or offset in which day and time were written; empty for the client's zone
 * @param delay the time from now, instead of day and time
 * @param morning whether the text names the first half of the day or the second; empty when it names neither
 */
record WrittenTime(
        Optional<LocalDate> day,
        Optional<LocalTime> time,
        Optional<ZoneId> zone,
        Optional<Duration> delay,
        Optional<Boolean> morning) {

    static WrittenTime of(Optional<LocalDate> day, Optional<LocalTime> time, Optional<ZoneId> zone) {
        return new WrittenTime(day, time, zone, Optional.empty(), Optional.empty());
    }

    static WrittenTime after(Duration delay) {
        return new WrittenTime(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(delay), Optional.empty());
    }

    WrittenTime inPart(Optional<Boolean> halfOfDay) {
        return new WrittenTime(day, time, zone, delay, halfOfDay);
    }
}
