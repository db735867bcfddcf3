package dev.patchbay.integrations.highlevel;

import dev.patchbay.connections.http.HttpCall;
import dev.patchbay.connections.http.HttpOutcome;
import dev.patchbay.connections.http.HttpOutcome.Responded;
import dev.patchbay.connections.http.OutgoingHttp;
import dev.patchbay.effects.spi.CallContext;
import dev.patchbay.kernel.Json;
import java.net.URI;
import java.time.Instant;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Sends requests about calendars and appointments (HighLevel API 2021-04-15, "Calendars", "Calendar Events"). */
record HighLevelCalendarApi(OutgoingHttp http) {

    private static final String VERSION = "2021-04-15";
    private static final String CONTACTS_VERSION = "2021-07-28";

    static String calendarId(CallContext callContext) {
        return callContext.binding().path("calendarId").asString("");
    }

    /** Lists the appointments that begin from {@code from} to {@code to}. */
    HttpOutcome listEvents(CallContext callContext, Instant from, Instant to) {
        return get(callContext, "events.list", "/calendars/events" + range(callContext, from, to));
    }

    /** Lists the times that people of the location blocked. */
    HttpOutcome listBlocked(CallContext callContext, Instant from, Instant to) {
        return get(callContext, "blockedSlots.list", "/calendars/blocked-slots" + range(callContext, from, to));
    }

    private static String range(CallContext callContext, Instant from, Instant to) {
        return "?locationId=%s&calendarId=%s&startTime=%d&endTime=%d"
                .formatted(
                        HighLevelApi.encode(HighLevelContactsApi.locationId(callContext)),
                        HighLevelApi.encode(calendarId(callContext)),
                        from.toEpochMilli(),
                        to.toEpochMilli());
    }

    /** Lists the starts that the calendar offers, by date; the range is at most 31 days. */
    HttpOutcome listFreeSlots(CallContext callContext, Instant from, Instant to) {
        String query = "?startDate=%d&endDate=%d&timezone=%s"
                .formatted(
                        from.toEpochMilli(),
                        to.toEpochMilli(),
                        HighLevelApi.encode(callContext.zone().getId()));
        return get(
                callContext,
                "freeSlots.list",
                "/calendars/" + HighLevelApi.encode(calendarId(callContext)) + "/free-slots" + query);
    }

    HttpOutcome listOfContact(CallContext callContext, String contactId) {
        HttpCall call = HttpCall.get(
                "highlevel/contactAppointments.list",
                uri(callContext, "/contacts/" + HighLevelApi.encode(contactId) + "/appointments"));
        return send(callContext, call, CONTACTS_VERSION);
    }

    HttpOutcome get(CallContext callContext, String id) {
        return get(callContext, "appointments.get", appointment(id));
    }

    /** Creates the appointment. Its free slots have decided before whether the calendar's own rules allow the time. */
    HttpOutcome create(CallContext callContext, ObjectNode appointment) {
        appointment
                .put("locationId", HighLevelContactsApi.locationId(callContext))
                .put("calendarId", calendarId(callContext))
                .put("ignoreFreeSlotValidation", true);
        String assigned = callContext.binding().path("assignedUserId").asString("");
        if (!assigned.isEmpty()) {
            appointment.put("assignedUserId", assigned);
        }
        return send(
                callContext,
                HttpCall.json(
                        "highlevel/appointments.create",
                        "POST",
                        uri(callContext, "/calendars/events/appointments"),
                        appointment),
                VERSION);
    }

    HttpOutcome update(CallContext callContext, String id, ObjectNode changes) {
        URI uri = uri(callContext, appointment(id));
        return send(callContext, HttpCall.json("highlevel/appointments.update", "PUT", uri, changes), VERSION);
    }

    HttpOutcome delete(CallContext callContext, String id) {
        URI uri = uri(callContext, "/calendars/events/" + HighLevelApi.encode(id));
        return send(callContext, HttpCall.json("highlevel/events.delete", "DELETE", uri, Json.object()), VERSION);
    }

    private static String appointment(String id) {
        return "/calendars/events/appointments/" + HighLevelApi.encode(id);
    }

    private HttpOutcome get(CallContext callContext, String operation, String path) {
        return send(callContext, HttpCall.get("highlevel/" + operation, uri(callContext, path)), VERSION);
    }

    private HttpOutcome send(CallContext callContext, HttpCall call, String version) {
        return http.send(
                call.withHeader(
                                "Authorization",
                                "Bearer " + callContext.account().secret("access_token"))
                        .withHeader("Version", version),
                callContext.window(),
                callContext.journal());
    }

    private static URI uri(CallContext callContext, String path) {
        return URI.create(callContext.account().baseUrl() + path);
    }

    /** Says whether the appointment is gone, for which HighLevel answers 404, or 400 with these words. */
    static boolean isGone(HttpOutcome outcome) {
        return outcome instanceof Responded responded
                && (responded.status() == 404
                        || (responded.status() == 400
                                && message(responded.body())
                                        .toLowerCase(Locale.ROOT)
                                        .contains("not found")));
    }

    private static String message(JsonNode body) {
        JsonNode message = body.path("message");
        return message.isArray() ? message.path(0).asString("") : message.asString("");
    }
}
