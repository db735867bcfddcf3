package dev.patchbay.sandbox.highlevel;

import dev.patchbay.sandbox.core.Ids;
import dev.patchbay.sandbox.core.Json;
import dev.patchbay.sandbox.core.Request;
import dev.patchbay.sandbox.core.Response;
import dev.patchbay.sandbox.core.Store;
import dev.patchbay.sandbox.core.Table;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Lists the free slots of HighLevel's calendars: each half hour from 08:00 to 20:00 of every day without an appointment or
 * blocked time. Blocked times are appointments of the status {@code blocked}, which people make in HighLevel.
 */
final class HighLevelFreeSlots {

    private static final Duration SLOT = Duration.ofMinutes(30);
    private static final Duration MAX_RANGE = Duration.ofDays(31);
    private static final LocalTime OPENS = LocalTime.of(8, 0);
    private static final LocalTime CLOSES = LocalTime.of(20, 0);
    static final String BLOCKED = "blocked";
    private static final Set<String> FREE = Set.of("cancelled", "noshow", "invalid");

    private final Store store;

    HighLevelFreeSlots(Store store) {
        this.store = store;
    }

    /** Lists slots by date in the zone that the request names; a range of more than 31 days is refused. */
    Response list(Request request, String locationId) {
        Instant from = millis(request, "startDate");
        Instant to = millis(request, "endDate");
        if (Duration.between(from, to).compareTo(MAX_RANGE) > 0) {
            throw HighLevelErrors.error(400, "Date range cannot be more than 31 days");
        }
        ZoneId zone = zone(request);
        ObjectNode body = Json.object();
        for (ZonedDateTime day = from.atZone(zone).with(OPENS); day.toInstant().isBefore(to); day = day.plusDays(1)) {
            ArrayNode slots = Json.MAPPER.createArrayNode();
            starts(day)
                    .filter(start -> !start.toInstant().isBefore(from)
                            && start.toInstant().isBefore(to))
                    .filter(start -> isFree(start.toInstant(), request.pathParameter("id"), locationId))
                    .forEach(start -> slots.add(start.toOffsetDateTime().toString()));
            if (!slots.isEmpty()) {
                body.set(day.toLocalDate().toString(), Json.object().set("slots", slots));
            }
        }
        return Response.ok(body.put("traceId", Ids.hex(32)));
    }

    private static Instant millis(Request request, String name) {
        try {
            return Instant.ofEpochMilli(Long.parseLong(request.query(name).orElse("")));
        } catch (NumberFormatException noNumber) {
            throw HighLevelErrors.error(422, name + " must be a number");
        }
    }

    private static ZoneId zone(Request request) {
        try {
            return ZoneId.of(request.query("timezone").orElse("UTC"));
        } catch (DateTimeException unknown) {
            throw HighLevelErrors.error(400, "Invalid timezone");
        }
    }

    private static Stream<ZonedDateTime> starts(ZonedDateTime opening) {
        return Stream.iterate(opening, start -> start.toLocalTime().isBefore(CLOSES), start -> start.plus(SLOT));
    }

    private boolean isFree(Instant start, String calendarId, String locationId) {
        return appointments(locationId)
                .filter(it -> Json.text(it, "calendarId").equals(calendarId))
                .filter(it -> !FREE.contains(Json.text(it, "appointmentStatus")))
                .noneMatch(it -> time(it, "startTime").isBefore(start.plus(SLOT)) && end(it).isAfter(start));
    }

    private static Instant time(ObjectNode appointment, String member) {
        return OffsetDateTime.parse(Json.text(appointment, member)).toInstant();
    }

    private static Instant end(ObjectNode appointment) {
        return Json.find(appointment, "endTime")
                .map(end -> OffsetDateTime.parse(end).toInstant())
                .orElseGet(() -> time(appointment, "startTime").plus(SLOT));
    }

    Response listBlocked(Request request, String locationId) {
        HighLevelErrors.requireSameLocation(request.query("locationId").orElse(""), locationId);
        Instant from = millis(request, "startTime");
        Instant to = millis(request, "endTime");
        return events(appointments(locationId)
                .filter(it -> Json.text(it, "appointmentStatus").equals(BLOCKED))
                .filter(it -> Json.text(it, "calendarId")
                        .equals(request.query("calendarId").orElse("")))
                .filter(it -> !time(it, "startTime").isAfter(to) && !end(it).isBefore(from))
                .toList());
    }

    Response listOfContact(Request request, String locationId) {
        return events(appointments(locationId)
                .filter(it -> Json.text(it, "contactId").equals(request.pathParameter("id")))
                .toList());
    }

    private static Response events(List<ObjectNode> events) {
        ObjectNode body = Json.object();
        body.set("events", Json.array(events));
        return Response.ok(body);
    }

    private Stream<ObjectNode> appointments(String locationId) {
        return store.list(Table.HIGHLEVEL_APPOINTMENTS).stream()
                .filter(it -> Json.text(it, "locationId").equals(locationId));
    }
}
