package dev.patchbay.integrations.googlecalendar;

import dev.patchbay.effects.spi.CalendarPort.BusyTime;
import dev.patchbay.effects.spi.CalendarPort.Slot;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Reads from events which times they block (Calendar API v3, "Events"). */
final class GoogleBusyTimes {

    private GoogleBusyTimes() {}

    /** The zone of the listed calendar, in which its all-day events begin and end. */
    static ZoneId zone(JsonNode list, ZoneId absent) {
        try {
            return ZoneId.of(list.path("timeZone").asString(""));
        } catch (DateTimeException unknown) {
            return absent;
        }
    }

    /** Empty for an event that blocks no time: cancelled, shown as free, or declined by the calendar's owner. */
    static Optional<BusyTime> read(JsonNode event, ZoneId zone) {
        return Optional.of(event)
                .filter(it -> !GoogleEvent.isCancelled(it))
                .filter(it -> !it.path("transparency").asString("").equals("transparent"))
                .filter(it -> !isDeclined(it))
                .flatMap(it -> readSlot(it, zone))
                .map(slot -> new BusyTime(
                        Optional.of(event.path("id").asString("")),
                        slot,
                        Optional.ofNullable(event.at("/extendedProperties/private/patchbayEffect")
                                .asString(null))));
    }

    private static boolean isDeclined(JsonNode event) {
        return event.path("attendees")
                .valueStream()
                .anyMatch(attendee -> attendee.path("self").asBoolean(false)
                        && attendee.path("responseStatus").asString("").equals("declined"));
    }

    /** Empty where the event has no readable times. */
    static Optional<Slot> readSlot(JsonNode event, ZoneId zone) {
        try {
            return Optional.of(new Slot(readTime(event.path("start"), zone), readTime(event.path("end"), zone)));
        } catch (DateTimeException noTimes) {
            return Optional.empty();
        }
    }

    private static OffsetDateTime readTime(JsonNode time, ZoneId zone) {
        return time.has("date")
                ? LocalDate.parse(time.path("date").asString(""))
                        .atStartOfDay(zone)
                        .toOffsetDateTime()
                : OffsetDateTime.parse(time.path("dateTime").asString(""));
    }
}
