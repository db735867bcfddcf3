package dev.patchbay.integrations.googlecalendar;

import dev.patchbay.effects.spi.CalendarPort.Slot;
import dev.patchbay.effects.spi.CalendarPort.SlotSearch;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** A client's opening hours in its time zone; slots start every 30 minutes. */
record OpeningHours(Set<DayOfWeek> days, LocalTime from, LocalTime to) {

    private static final int MAX_SLOTS = 200;

    /**
     * Reads {@code {"hours": {"days": ["MONDAY", …], "from": "09:00", "to": "17:00"}}}; absent members mean Monday to
     * Friday, 09:00 to 17:00.
     *
     * @throws IllegalArgumentException when a day is unknown
     * @throws java.time.DateTimeException when a time cannot be parsed
     */
    static OpeningHours parse(JsonNode binding) {
        JsonNode hours = binding.path("hours");
        Set<DayOfWeek> configured = hours.path("days")
                .valueStream()
                .map(it -> DayOfWeek.valueOf(it.asString("")))
                .collect(Collectors.toSet());
        return new OpeningHours(
                configured.isEmpty() ? EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY) : configured,
                LocalTime.parse(hours.path("from").asString("09:00")),
                LocalTime.parse(hours.path("to").asString("17:00")));
    }

    /** The free slots within the search, in order, at most {@value #MAX_SLOTS}. */
    List<Slot> findFreeSlots(SlotSearch search, ZoneId zone, List<Slot> busy) {
        ZonedDateTime start = search.from().atZoneSameInstant(zone);
        return start.toLocalDate()
                .datesUntil(search.to().atZoneSameInstant(zone).toLocalDate().plusDays(1))
                .filter(it -> days.contains(it.getDayOfWeek()))
                .flatMap(day ->
                        slots(day.atTime(from).atZone(zone), day.atTime(to).atZone(zone), search.minutes()))
                .filter(it -> !it.start().isBefore(search.from()) && !it.end().isAfter(search.to()))
                .filter(it -> busy.stream().noneMatch(other -> overlap(it, other)))
                .limit(MAX_SLOTS)
                .toList();
    }

    static boolean overlap(Slot one, Slot other) {
        return one.start().isBefore(other.end()) && other.start().isBefore(one.end());
    }

    private static Stream<Slot> slots(ZonedDateTime opens, ZonedDateTime closes, int minutes) {
        return Stream.iterate(
                        opens, start -> !start.plusMinutes(minutes).isAfter(closes), start -> start.plusMinutes(30))
                .map(start -> slot(start.toOffsetDateTime(), minutes));
    }

    private static Slot slot(OffsetDateTime start, int minutes) {
        return new Slot(start, start.plusMinutes(minutes));
    }
}
