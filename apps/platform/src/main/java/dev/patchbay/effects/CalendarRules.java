package dev.patchbay.effects;

import dev.patchbay.effects.spi.CalendarPort.Slot;
import dev.patchbay.effects.spi.CalendarPort.SlotSearch;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Holds a client's rules for its calendar, from the settings of its binding ({@code docs/connections.md}, "Calendars"). The
 * same rules apply to offering, holding and booking times, in calls and in flows.
 *
 * @param interval the time between the starts of offered times
 * @param before the free time that an appointment needs before it
 * @param after the free time that an appointment needs after it
 * @param notice the least time between the making of an appointment and its start
 * @param furthestDays how many days ahead an appointment can be made
 * @param capacity the maximum number of appointments at one time
 */
public record CalendarRules(
        OpeningHours hours,
        Duration interval,
        Duration before,
        Duration after,
        Duration notice,
        int furthestDays,
        int capacity) {

    private static final int MAX_SLOTS = 200;
    private static final int DEFAULT_INTERVAL = 30;
    /** The default is twenty years: a date further ahead has a mistyped year. */
    private static final int DEFAULT_FURTHEST_DAYS = 7305;

    /** Names the rule for which a time is not offered, even when the calendar is empty. */
    public enum Violation {
        PAST("is in the past"),
        TOO_SOON("is sooner than this client takes appointments"),
        TOO_FAR("is further away than this client takes appointments"),
        CLOSED("is outside the opening hours");

        private final String words;

        Violation(String words) {
            this.words = words;
        }

        /** Returns the rest of a sentence for operators that begins with the time. */
        public String words() {
            return words;
        }
    }

    /**
     * Reads the rules; an absent member has the default that {@code docs/connections.md} states.
     *
     * @throws IllegalArgumentException when a member makes no sense
     * @throws java.time.DateTimeException when a time or a date cannot be parsed
     */
    public static CalendarRules parse(JsonNode binding) {
        return new CalendarRules(
                OpeningHours.parse(binding),
                minutes(binding, "slotInterval", DEFAULT_INTERVAL),
                minutes(binding, "bufferBefore", 0),
                minutes(binding, "bufferAfter", 0),
                minutes(binding, "leastNotice", 0),
                binding.path("furthestDay").asInt(DEFAULT_FURTHEST_DAYS),
                binding.path("capacity").asInt(1));
    }

    private static Duration minutes(JsonNode binding, String name, int absent) {
        return Duration.ofMinutes(binding.path(name).asInt(absent));
    }

    /** Returns the first rule that the time violates. */
    public Optional<Violation> findViolation(Slot slot, ZoneId zone, Instant now) {
        Instant start = slot.start().toInstant();
        if (start.isBefore(now)) {
            return Optional.of(Violation.PAST);
        }
        if (start.isBefore(now.plus(notice))) {
            return Optional.of(Violation.TOO_SOON);
        }
        if (slot.start().atZoneSameInstant(zone).toLocalDate().isAfter(furthestDay(zone, now))) {
            return Optional.of(Violation.TOO_FAR);
        }
        return hours.contain(slot, zone) ? Optional.empty() : Optional.of(Violation.CLOSED);
    }

    private LocalDate furthestDay(ZoneId zone, Instant now) {
        return now.atZone(zone).toLocalDate().plusDays(furthestDays);
    }

    /** Returns the part of the search in which the rules allow an offer; empty when there is none. */
    public Optional<SlotSearch> narrow(SlotSearch search, ZoneId zone, Instant now) {
        OffsetDateTime earliest = now.plus(notice).atZone(zone).toOffsetDateTime();
        OffsetDateTime latest =
                furthestDay(zone, now).plusDays(1).atStartOfDay(zone).toOffsetDateTime();
        OffsetDateTime from = search.from().isBefore(earliest) ? earliest : search.from();
        OffsetDateTime to = search.to().isAfter(latest) ? latest : search.to();
        return from.isBefore(to) ? Optional.of(new SlotSearch(from, to, search.minutes())) : Optional.empty();
    }

    /**
     * Returns the times within the search that the rules allow and that are free, in order and at most {@value #MAX_SLOTS}.
     *
     * @param search the search that {@link #narrow} returned
     */
    public List<Slot> findOpenings(SlotSearch search, ZoneId zone, Predicate<Slot> isFree) {
        LocalDate first = search.from().atZoneSameInstant(zone).toLocalDate().minusDays(1);
        LocalDate last = search.to().atZoneSameInstant(zone).toLocalDate();
        return hours.spans(first, last, zone)
                .flatMap(open -> starts(open).map(start -> new Slot(start, start.plusMinutes(search.minutes()))))
                .filter(slot ->
                        !slot.start().isBefore(search.from()) && !slot.end().isAfter(search.to()))
                .filter(slot -> hours.contain(slot, zone))
                .filter(isFree)
                .sorted(Comparator.comparing(Slot::start))
                .distinct()
                .limit(MAX_SLOTS)
                .map(slot -> inZone(slot, zone))
                .toList();
    }

    private Stream<OffsetDateTime> starts(Slot open) {
        return Stream.iterate(open.start(), start -> start.isBefore(open.end()), start -> start.plus(interval));
    }

    private static Slot inZone(Slot slot, ZoneId zone) {
        return new Slot(
                slot.start().atZoneSameInstant(zone).toOffsetDateTime(),
                slot.end().atZoneSameInstant(zone).toOffsetDateTime());
    }

    /** Returns the time that an appointment blocks, including its buffers. */
    public Slot withBuffers(Slot slot) {
        return new Slot(slot.start().minus(before), slot.end().plus(after));
    }
}
