package dev.patchbay.sandbox.highlevel;

import dev.patchbay.sandbox.core.Ids;
import dev.patchbay.sandbox.core.Json;
import dev.patchbay.sandbox.core.Request;
import dev.patchbay.sandbox.core.Response;
import dev.patchbay.sandbox.core.Store;
import dev.patchbay.sandbox.core.Table;
import dev.patchbay.sandbox.core.Timestamps;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.node.ObjectNode;

/**
 * Simulates HighLevel's calendars and appointments. A calendar exists as long as it has an appointment, or the location's
 * account lists it in {@code calendars}.
 */
public final class HighLevelCalendars {

    private final Store store;
    private final Clock clock;
    private final HighLevelWebhooks webhooks;

    public HighLevelCalendars(Store store, Clock clock, HighLevelWebhooks webhooks) {
        this.store = store;
        this.clock = clock;
        this.webhooks = webhooks;
    }

    Response list(Request request, String locationId) {
        HighLevelErrors.requireSameLocation(request.query("locationId").orElse(""), locationId);
        Set<String> ids = new TreeSet<>();
        store.find(Table.HIGHLEVEL_LOCATIONS, locationId)
                .ifPresent(location -> location.path("calendars").forEach(id -> ids.add(id.asString())));
        appointments(locationId).forEach(appointment -> ids.add(Json.text(appointment, "calendarId")));
        ObjectNode body = Json.object();
        body.set(
                "calendars",
                Json.array(ids.stream()
                        .map(id -> Json.object()
                                .put("id", id)
                                .put("locationId", locationId)
                                .put("name", "Calendar " + id))
                        .toList()));
        return Response.ok(body);
    }

    /**
     * Lists the appointments that begin from {@code startTime} to {@code endTime}, both in milliseconds and inclusive.
     * HighLevel requires a calendar, a user or a group; the sandbox supports {@code calendarId} only.
     */
    Response listEvents(Request request, String locationId) {
        HighLevelErrors.requireSameLocation(request.query("locationId").orElse(""), locationId);
        String calendarId = request.query("calendarId").orElse("");
        if (calendarId.isEmpty()) {
            throw HighLevelErrors.error(422, "Either of userId, calendarId or groupId is required");
        }
        Instant from = queryMillis(request, "startTime");
        Instant to = queryMillis(request, "endTime");
        ObjectNode body = Json.object();
        body.set(
                "events",
                Json.array(appointments(locationId).stream()
                        .filter(appointment ->
                                Json.text(appointment, "calendarId").equals(calendarId))
                        .filter(appointment ->
                                !Json.text(appointment, "appointmentStatus").equals(HighLevelFreeSlots.BLOCKED))
                        .filter(appointment -> {
                            Instant start = OffsetDateTime.parse(Json.text(appointment, "startTime"))
                                    .toInstant();
                            return !start.isBefore(from) && !start.isAfter(to);
                        })
                        .toList()));
        return Response.ok(body);
    }

    private static Instant queryMillis(Request request, String name) {
        return Instant.ofEpochMilli(Long.parseLong(request.query(name).orElse("")));
    }

    private List<ObjectNode> appointments(String locationId) {
        return store.list(Table.HIGHLEVEL_APPOINTMENTS).stream()
                .filter(appointment -> Json.text(appointment, "locationId").equals(locationId))
                .toList();
    }

    Response book(Request request, String locationId) {
        ObjectNode members = request.json();
        HighLevelErrors.requireSameLocation(Json.text(members, "locationId"), locationId);
        for (String member : List.of("calendarId", "contactId", "startTime")) {
            if (Json.text(members, member).isEmpty()) {
                throw HighLevelErrors.error(422, member + " is required");
            }
        }
        requireTimes(members);
        if (!members.path("ignoreFreeSlotValidation").asBoolean(false)
                && appointments(locationId).stream().anyMatch(it -> takesSameStart(it, members))) {
            throw HighLevelErrors.error(400, "The slot you have selected is no longer available.");
        }
        ObjectNode appointment = create(Ids.alphanumeric(20), members, Timestamps.now(clock));
        webhooks.send("AppointmentCreate", webhookBody(appointment));
        return Response.json(201, appointment);
    }

    private static void requireTimes(ObjectNode members) {
        for (String member : List.of("startTime", "endTime")) {
            try {
                Json.find(members, member).ifPresent(OffsetDateTime::parse);
            } catch (DateTimeException noTime) {
                throw HighLevelErrors.error(422, member + " must be a valid ISO 8601 date string");
            }
        }
    }

    private static boolean takesSameStart(ObjectNode appointment, ObjectNode members) {
        return Json.text(appointment, "calendarId").equals(Json.text(members, "calendarId"))
                && !Json.text(appointment, "appointmentStatus").equals("cancelled")
                && OffsetDateTime.parse(Json.text(appointment, "startTime"))
                        .isEqual(OffsetDateTime.parse(Json.text(members, "startTime")));
    }

    private ObjectNode create(String id, ObjectNode members, String at) {
        ObjectNode appointment = Json.object().put("id", id).put("appointmentStatus", "confirmed");
        appointment.setAll(members);
        appointment.put("dateAdded", at).put("dateUpdated", at);
        store.put(Table.HIGHLEVEL_APPOINTMENTS, id, appointment);
        return appointment;
    }

    Response get(Request request, String locationId) {
        ObjectNode body = Json.object();
        body.set("event", requireAppointment(request, locationId));
        return Response.ok(body);
    }

    Response update(Request request, String locationId) {
        requireTimes(request.json());
        ObjectNode appointment = change(requireAppointment(request, locationId), request.json(), Timestamps.now(clock));
        webhooks.send("AppointmentUpdate", webhookBody(appointment));
        return Response.ok(appointment);
    }

    /** Changes an appointment. {@code dateUpdated} always increases, even when the clock has not moved. */
    private ObjectNode change(ObjectNode appointment, ObjectNode members, String at) {
        Instant previous = Instant.parse(Json.text(appointment, "dateUpdated"));
        Instant now = Instant.parse(at);
        appointment.setAll(members.deepCopy().remove(List.of("id", "locationId")));
        appointment.put("dateUpdated", (now.isAfter(previous) ? now : previous.plusMillis(1)).toString());
        store.put(Table.HIGHLEVEL_APPOINTMENTS, Json.text(appointment, "id"), appointment);
        return appointment;
    }

    Response delete(Request request, String locationId) {
        ObjectNode appointment = requireAppointment(request, locationId);
        store.remove(Table.HIGHLEVEL_APPOINTMENTS, Json.text(appointment, "id"));
        webhooks.send("AppointmentDelete", webhookBody(appointment));
        return Response.json(201, Json.object().put("succeeded", true));
    }

    private ObjectNode requireAppointment(Request request, String locationId) {
        return store.find(Table.HIGHLEVEL_APPOINTMENTS, request.pathParameter("id"))
                .filter(appointment -> Json.text(appointment, "locationId").equals(locationId))
                .orElseThrow(() -> HighLevelErrors.error(400, "Appointment not found"));
    }

    /**
     * Creates an appointment, or changes the one with that {@code id}, as a person in HighLevel's own calendar would. Waits for
     * the webhook's first attempt.
     *
     * @param script the appointment's members, and {@code at}, the time of the change (ISO-8601)
     * @return {@code {appointment, deliveries}}
     */
    public ObjectNode putAppointment(ObjectNode script) {
        String at = Json.find(script, "at").orElse(Timestamps.now(clock));
        ObjectNode members = script.deepCopy().remove(List.of("at"));
        String id = Json.find(script, "id").orElseGet(() -> Ids.alphanumeric(20));
        boolean exists = store.find(Table.HIGHLEVEL_APPOINTMENTS, id).isPresent();
        ObjectNode appointment = store.atomically(() -> store.find(Table.HIGHLEVEL_APPOINTMENTS, id)
                .map(existing -> change(existing, members, at))
                .orElseGet(() -> create(id, members, at)));
        String event = exists ? "AppointmentUpdate" : "AppointmentCreate";
        ObjectNode result = Json.object();
        result.set("appointment", appointment);
        result.set("deliveries", Json.array(webhooks.sendAndWait(event, webhookBody(appointment))));
        return result;
    }

    private static ObjectNode webhookBody(ObjectNode appointment) {
        ObjectNode body = Json.object().put("locationId", Json.text(appointment, "locationId"));
        body.set("appointment", appointment);
        return body;
    }
}
