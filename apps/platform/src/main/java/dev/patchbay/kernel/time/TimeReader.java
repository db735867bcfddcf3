package dev.patchbay.kernel.time;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * Reads dates and times as people and language models write them: ISO-8601 with and without an offset, {@code 2031-03-04 2:30
 * PM}, {@code 03/04/2031} in the order of the client's country, {@code Tuesday, March 4 at 2:30 PM}, {@code tomorrow at noon},
 * {@code 4. März um 14:30 Uhr}, seconds and milliseconds since 1970, and everything that {@link
 * dev.patchbay.kernel.AppointmentTimeFormat} says. An ambiguous time is not guessed: it is {@link TimeReading.Unreadable}.
 *
 * <p>A date without a year is the next such date; a weekday alone is the first one after today.
 */
public final class TimeReader {

    /** No date or time is longer. A longer text is not read. */
    private static final int MAX_LENGTH = 120;

    private final ZoneId zone;
    private final Locale locale;
    private final Instant now;

    /**
     * Creates a reader for one client.
     *
     * @param zone the client's IANA zone, which applies to times without an offset
     * @param locale the client's locale: its language is tried first, and its country decides the order of {@code 03/04/2031}
     * @param now the moment from which relative days are counted
     */
    public TimeReader(ZoneId zone, Locale locale, Instant now) {
        this.zone = zone;
        this.locale = locale;
        this.now = now;
    }

    /** Reads a text, or a number of seconds or milliseconds since 1970. */
    public TimeReading read(JsonNode written) {
        return read(written.asString(""));
    }

    public TimeReading read(String written) {
        if (written.isBlank() || written.length() > MAX_LENGTH) {
            return new TimeReading.Unreadable(written);
        }
        try {
            return EpochTime.read(written)
                    .<TimeReading>map(
                            epoch -> new TimeReading.Moment(epoch.atZone(zone).toOffsetDateTime(), true))
                    .or(() -> IsoTime.read(written).map(this::place))
                    .or(() -> new WrittenText(written, locale, today()).read().map(this::place))
                    .orElseGet(() -> new TimeReading.Unreadable(written));
        } catch (DateTimeException noSuchTime) {
            return new TimeReading.Unreadable(written);
        }
    }

    /** Reads a day and a time of day that were written separately. Either text may contain both, or may be empty. */
    public TimeReading read(String date, String time) {
        if (time.isBlank()) {
            return read(date);
        }
        TimeReading day = read(date);
        TimeReading clock = read(time);
        if (clock instanceof TimeReading.TimeOfDay(LocalTime timeOfDay)) {
            return localDay(day)
                    .map(it -> place(LocalDateTime.of(it, timeOfDay)))
                    .orElseGet(() -> date.isBlank() ? clock : new TimeReading.Unreadable(date + " " + time));
        }
        return clock instanceof TimeReading.Unreadable && date.isBlank() ? clock : agreeing(day, clock, date, time);
    }

    /** Returns a time that names its own day. It must not contradict the day that was written separately. */
    private TimeReading agreeing(TimeReading day, TimeReading clock, String date, String time) {
        Optional<LocalDate> named = localDay(clock);
        return named.isPresent() && localDay(day).map(named.get()::equals).orElse(date.isBlank())
                ? clock
                : new TimeReading.Unreadable(date + " " + time);
    }

    /**
     * Reads a range of time: a day from midnight to midnight, its morning or the rest of it, a week, a weekend or a month, or
     * the time between the ends that the text names. The result is empty for a moment, and for a text that cannot be read.
     */
    public Optional<TimeRange> readRange(String written) {
        if (written.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        return new RangeText(written, locale, today())
                .read()
                .map(days -> new TimeRange(midnight(days.first()), midnight(days.until())))
                .or(() -> readDay(written))
                .or(() -> read(written) instanceof TimeReading.Unreadable
                        ? new RangeEnds(this, locale, written).read()
                        : Optional.empty());
    }

    private Optional<TimeRange> readDay(String written) {
        return readWritten(written)
                .filter(it -> it.time().isEmpty() && it.delay().isEmpty())
                .flatMap(it -> it.day().map(day -> part(day, it.morning())));
    }

    private TimeRange part(LocalDate day, Optional<Boolean> morning) {
        OffsetDateTime noon = day.atTime(LocalTime.NOON).atZone(zone).toOffsetDateTime();
        boolean fromNoon = morning.filter(first -> !first).isPresent();
        boolean untilNoon = morning.filter(first -> first).isPresent();
        return new TimeRange(fromNoon ? noon : midnight(day), untilNoon ? noon : midnight(day.plusDays(1)));
    }

    /** Returns whether the text leaves the time open, as in “as soon as possible”. */
    public boolean isAnyTime(String written) {
        return written.length() <= MAX_LENGTH && new RangeText(written, locale, today()).isAnyTime();
    }

    private Optional<WrittenTime> readWritten(String written) {
        try {
            return IsoTime.read(written).or(() -> new WrittenText(written, locale, today()).read());
        } catch (DateTimeException noSuchTime) {
            return Optional.empty();
        }
    }

    /**
     * Reads the first moment of a range. A day begins at midnight, and a time that is skipped when clocks go forward moves
     * forward by the length of the gap. “Next week” and other ranges begin with their first moment.
     */
    public Optional<OffsetDateTime> readFrom(String written) {
        return readEnd(written, TimeRange::from, this::begin);
    }

    /** Reads the end of a range, which is exclusive. A day and a longer range include their last moment. */
    public Optional<OffsetDateTime> readUntil(String written) {
        return readEnd(written, TimeRange::until, this::end);
    }

    private Optional<OffsetDateTime> readEnd(
            String written,
            Function<TimeRange, OffsetDateTime> ofRange,
            Function<TimeReading, Optional<OffsetDateTime>> ofReading) {
        TimeReading reading = read(written);
        boolean mayBeRange = reading instanceof TimeReading.Unreadable || reading instanceof TimeReading.Day;
        return (mayBeRange ? readRange(written).map(ofRange) : Optional.<OffsetDateTime>empty())
                .or(() -> ofReading.apply(reading));
    }

    Optional<OffsetDateTime> begin(TimeReading reading) {
        return switch (reading) {
            case TimeReading.Moment moment -> Optional.of(moment.time());
            case TimeReading.Day day -> Optional.of(midnight(day.day()));
            case TimeReading.Skipped skipped ->
                Optional.of(skipped.local().atZone(zone).toOffsetDateTime());
            case TimeReading.Doubled doubled -> Optional.of(doubled.earlier());
            case TimeReading.TimeOfDay time -> Optional.empty();
            case TimeReading.Unreadable unreadable -> Optional.empty();
        };
    }

    Optional<OffsetDateTime> end(TimeReading reading) {
        return switch (reading) {
            case TimeReading.Day day -> Optional.of(midnight(day.day().plusDays(1)));
            case TimeReading.Doubled doubled -> Optional.of(doubled.later());
            default -> begin(reading);
        };
    }

    Optional<LocalDate> localDay(TimeReading reading) {
        return switch (reading) {
            case TimeReading.Moment moment -> Optional.of(moment.time().toLocalDate());
            case TimeReading.Day day -> Optional.of(day.day());
            case TimeReading.Skipped skipped -> Optional.of(skipped.local().toLocalDate());
            case TimeReading.Doubled doubled -> Optional.of(doubled.earlier().toLocalDate());
            case TimeReading.TimeOfDay time -> Optional.empty();
            case TimeReading.Unreadable unreadable -> Optional.empty();
        };
    }

    private LocalDate today() {
        return now.atZone(zone).toLocalDate();
    }

    OffsetDateTime midnight(LocalDate day) {
        return day.atStartOfDay(zone).toOffsetDateTime();
    }

    private TimeReading place(WrittenTime written) {
        if (written.delay().isPresent()) {
            return new TimeReading.Moment(
                    now.plus(written.delay().get()).atZone(zone).toOffsetDateTime(), true);
        }
        if (written.time().isEmpty()) {
            return new TimeReading.Day(written.day().orElseThrow());
        }
        LocalTime time = written.time().get();
        if (written.day().isEmpty()) {
            return new TimeReading.TimeOfDay(time);
        }
        LocalDateTime local = LocalDateTime.of(written.day().get(), time);
        return written.zone()
                .filter(named -> !named.equals(zone))
                .<TimeReading>map(named -> new TimeReading.Moment(
                        ZonedDateTime.of(local, named).withZoneSameInstant(zone).toOffsetDateTime(), true))
                .orElseGet(() -> place(local));
    }

    private TimeReading place(LocalDateTime local) {
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
        return switch (offsets.size()) {
            case 0 -> new TimeReading.Skipped(local);
            case 1 -> new TimeReading.Moment(local.atOffset(offsets.getFirst()), false);
            default -> new TimeReading.Doubled(local.atOffset(offsets.getFirst()), local.atOffset(offsets.getLast()));
        };
    }
}
