package dev.patchbay.effects;

import dev.patchbay.effects.spi.CalendarPort.Slot;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * When a client is open, in its time zone.
 *
 * @param week spans by day; a day without spans is closed
 * @param dates spans of single dates, in place of their weekday's; none: closed
 */
record OpeningHours(Map<DayOfWeek, List<OpenPeriod>> week, Map<LocalDate, List<OpenPeriod>> dates) {

    private static final int MAX_CLOSED_DAYS = 1000;
    private static final OpenPeriod USUAL = new OpenPeriod(LocalTime.of(9, 0), LocalTime.of(17, 0));

    /** From a time of a day to a later one, or to one of the next day. */
    record OpenPeriod(LocalTime from, LocalTime to) {

        private static final String MIDNIGHT = "24:00";

        static OpenPeriod parse(JsonNode span, OpenPeriod absent) {
            LocalTime from = time(span.path("from").asString(""), absent.from);
            LocalTime to = time(span.path("to").asString(""), absent.to);
            return new OpenPeriod(from, to);
        }

        private static LocalTime time(String text, LocalTime absent) {
            if (text.isEmpty()) {
                return absent;
            }
            return text.equals(MIDNIGHT) ? LocalTime.MIDNIGHT : LocalTime.parse(text);
        }

        /** The span of that day as instants; a time that the clocks skip is the one after the gap. */
        Slot on(LocalDate day, ZoneId zone) {
            LocalDate lastDay = to.isAfter(from) ? day : day.plusDays(1);
            return new Slot(
                    ZonedDateTime.of(day, from, zone).toOffsetDateTime(),
                    ZonedDateTime.of(lastDay, to, zone).toOffsetDateTime());
        }
    }

    /**
     * Reads {@code hours} and {@code closed} of a binding; without {@code hours} Monday to Friday, 09:00 to 17:00.
     *
     * @throws IllegalArgumentException when a day is unknown
     * @throws java.time.DateTimeException when a time or a date cannot be parsed
     */
    static OpeningHours parse(JsonNode binding) {
        JsonNode hours = binding.path("hours");
        Map<LocalDate, List<OpenPeriod>> dates = new HashMap<>();
        closedDays(binding.path("closed")).forEach(day -> dates.put(day, List.of()));
        hours.path("dates")
                .properties()
                .forEach(date -> dates.put(LocalDate.parse(date.getKey()), spans(date.getValue())));
        return new OpeningHours(week(hours), dates);
    }

    private static Map<DayOfWeek, List<OpenPeriod>> week(JsonNode hours) {
        Map<DayOfWeek, List<OpenPeriod>> week = new EnumMap<>(DayOfWeek.class);
        JsonNode byDay = hours.path("week");
        if (byDay.isObject()) {
            byDay.properties().forEach(day -> week.put(DayOfWeek.valueOf(day.getKey()), spans(day.getValue())));
            return week;
        }
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        hours.path("days").valueStream().forEach(day -> days.add(DayOfWeek.valueOf(day.asString(""))));
        OpenPeriod span = OpenPeriod.parse(hours, USUAL);
        (days.isEmpty() ? EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY) : days)
                .forEach(day -> week.put(day, List.of(span)));
        return week;
    }

    private static List<OpenPeriod> spans(JsonNode spans) {
        return spans.valueStream()
                .map(span -> OpenPeriod.parse(span, USUAL))
                .sorted(Comparator.comparing(OpenPeriod::from))
                .toList();
    }

    private static Set<LocalDate> closedDays(JsonNode closed) {
        Set<LocalDate> days = new HashSet<>();
        closed.valueStream().forEach(entry -> {
            LocalDate first = LocalDate.parse(
                    entry.isString() ? entry.asString() : entry.path("from").asString(""));
            LocalDate last =
                    entry.isString() ? first : LocalDate.parse(entry.path("to").asString(""));
            if (last.isBefore(first)) {
                throw new IllegalArgumentException("closed ends on " + last + ", before it begins on " + first);
            }
            first.datesUntil(last.plusDays(1)).limit(MAX_CLOSED_DAYS).forEach(days::add);
        });
        return days;
    }

    /** The open spans that begin on these days, in order. */
    Stream<Slot> spans(LocalDate first, LocalDate last, ZoneId zone) {
        return first.datesUntil(last.plusDays(1))
                .flatMap(day -> spansOf(day).stream().map(span -> span.on(day, zone)));
    }

    private List<OpenPeriod> spansOf(LocalDate day) {
        List<OpenPeriod> single = dates.get(day);
        return single == null ? week.getOrDefault(day.getDayOfWeek(), List.of()) : single;
    }

    /** Whether the client is open all the time; spans that touch are one, over midnight too. */
    boolean contain(Slot slot, ZoneId zone) {
        LocalDate first = slot.start().atZoneSameInstant(zone).toLocalDate().minusDays(1);
        LocalDate last = slot.end().atZoneSameInstant(zone).toLocalDate();
        return merge(spans(first, last, zone).toList()).stream()
                .anyMatch(open ->
                        !slot.start().isBefore(open.start()) && !slot.end().isAfter(open.end()));
    }

    private static List<Slot> merge(List<Slot> spans) {
        List<Slot> merged = new ArrayList<>();
        for (Slot span : spans) {
            if (!merged.isEmpty() && !merged.getLast().end().isBefore(span.start())) {
                Slot before = merged.removeLast();
                merged.add(new Slot(before.start(), later(before, span)));
            } else {
                merged.add(span);
            }
        }
        return merged;
    }

    private static java.time.OffsetDateTime later(Slot one, Slot other) {
        return one.end().isAfter(other.end()) ? one.end() : other.end();
    }
}
