package dev.patchbay.kernel.time;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;

/** The meaning of a written time in the client's time zone. */
public sealed interface TimeReading {

    /**
     * A moment.
     *
     * @param time with the client's offset at that moment
     * @param zoneWritten whether the text named an offset or a zone; language models write {@code Z} behind local times too
     */
    record Moment(OffsetDateTime time, boolean zoneWritten) implements TimeReading {}

    /** A day without a time of day. */
    record Day(LocalDate day) implements TimeReading {}

    /** A time of day without a day. */
    record TimeOfDay(LocalTime time) implements TimeReading {}

    /** A local time that the clocks skip, in the night in which they go forward. */
    record Skipped(LocalDateTime local) implements TimeReading {}

    /** A local time that the clocks show twice, in the night in which they go back. */
    record Doubled(OffsetDateTime earlier, OffsetDateTime later) implements TimeReading {}

    /** No time, or one that contradicts itself, such as a weekday on which the date does not fall. */
    record Unreadable(String written) implements TimeReading {}
}
