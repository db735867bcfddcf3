package dev.patchbay.sandbox;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.node.ObjectNode;

/** HighLevel's calendars and appointments. */
final class HighLevelCalendars {

    private final Books books;
    private final Clock clock;
    private final HighLevelWebhooks webhooks;

    HighLevelCalendars(Books books, Clock clock, HighLevelWebhooks webhooks) {
        this.books = books;
        this.clock = clock;
        this.webhooks = webhooks;
    }

    /** The calendars that hold anything. */
    Answer list(Request request, String locationId) {
        HighLevel.mine(request.query("locationId").orElse(""), locationId);
        Set<String> ids = new TreeSet<>();
        appointments(locationId).forEach(appointment -> ids.add(Json.text(appointment, "calendarId")));
        ObjectNode answer = Json.object();
        answer.set(
                "calendars",
                Json.array(ids.stream()
                        .map(id -> Json.object()
                                .put("id", id)
                                .put("locationId", locationId)
                                .put("name", "Calendar " + id))
                        .toList()));
        return Answer.ok(answer);
    }

    /** What begins between two times, in milliseconds; HighLevel wants to know of which calendar, user or group. */
    Answer events(Request request, String locationId) {
        HighLevel.mine(request.query("locationId").orElse(""), locationId);
        String calendar = request.query("calendarId").orElse("");
        if (calendar.isEmpty()) {
            throw new Refusal(HighLevel.trouble(422, "Either of userId, calendarId or groupId is required"));
        }
        Instant from = millis(request, "startTime");
        Instant to = millis(request, "endTime");
        ObjectNode answer = Json.object();
        answer.set(
                "events",
                Json.array(appointments(locationId).stream()
                        .filter(one -> Json.text(one, "calendarId").equals(calendar))
                        .filter(one -> {
                            Instant start = OffsetDateTime.parse(Json.text(one, "startTime"))
                                    .toInstant();
                            return !start.isBefore(from) && !start.isAfter(to);
                        })
                        .toList()));
        return Answer.ok(answer);
    }

    private static Instant millis(Request request, String name) {
        return Instant.ofEpochMilli(Long.parseLong(request.query(name).orElse("")));
    }

    private List<ObjectNode> appointments(String locationId) {
        return books.all(Shelf.HIGHLEVEL_APPOINTMENTS).stream()
                .filter(one -> Json.text(one, "locationId").equals(locationId))
                .toList();
    }

    Answer book(Request request, String locationId) {
        ObjectNode wanted = request.json();
        HighLevel.mine(Json.text(wanted, "locationId"), locationId);
        for (String member : List.of("calendarId", "contactId", "startTime")) {
            if (Json.text(wanted, member).isEmpty()) {
                throw new Refusal(HighLevel.trouble(422, member + " is required"));
            }
        }
        ObjectNode appointment = create(Ids.alphanumeric(20), wanted, HighLevel.now(clock));
        webhooks.tell("AppointmentCreate", envelope(appointment));
        return Answer.json(201, appointment);
    }

    private ObjectNode create(String id, ObjectNode wanted, String at) {
        ObjectNode appointment = Json.object().put("id", id).put("appointmentStatus", "confirmed");
        appointment.setAll(wanted);
        appointment.put("dateAdded", at).put("dateUpdated", at);
        books.put(Shelf.HIGHLEVEL_APPOINTMENTS, id, appointment);
        return appointment;
    }

    Answer get(Request request, String locationId) {
        ObjectNode answer = Json.object();
        answer.set("event", find(request, locationId));
        return Answer.ok(answer);
    }

    Answer update(Request request, String locationId) {
        ObjectNode changed = change(find(request, locationId), request.json(), HighLevel.now(clock));
        webhooks.tell("AppointmentUpdate", envelope(changed));
        return Answer.ok(changed);
    }

    private ObjectNode change(ObjectNode appointment, ObjectNode wanted, String at) {
        Instant before = Instant.parse(Json.text(appointment, "dateUpdated"));
        Instant now = Instant.parse(at);
        appointment.setAll(wanted.deepCopy().remove(List.of("id", "locationId")));
        appointment.put("dateUpdated", (now.isAfter(before) ? now : before.plusMillis(1)).toString());
        books.put(Shelf.HIGHLEVEL_APPOINTMENTS, Json.text(appointment, "id"), appointment);
        return appointment;
    }

    Answer delete(Request request, String locationId) {
        ObjectNode appointment = find(request, locationId);
        books.remove(Shelf.HIGHLEVEL_APPOINTMENTS, Json.text(appointment, "id"));
        webhooks.tell("AppointmentDelete", envelope(appointment));
        return Answer.json(201, Json.object().put("succeeded", true));
    }

    private ObjectNode find(Request request, String locationId) {
        return books.find(Shelf.HIGHLEVEL_APPOINTMENTS, request.param("id"))
                .filter(found -> Json.text(found, "locationId").equals(locationId))
                .orElseThrow(() -> new Refusal(HighLevel.trouble(400, "Appointment not found")));
    }

    /** What a person does in HighLevel's own calendar: a new appointment, or a change to the one with that {@code id}. */
    ObjectNode put(ObjectNode wanted) {
        String at = Json.find(wanted, "at").orElse(HighLevel.now(clock));
        ObjectNode asked = wanted.deepCopy().remove(List.of("at"));
        String id = Json.find(wanted, "id").orElseGet(() -> Ids.alphanumeric(20));
        boolean known = books.find(Shelf.HIGHLEVEL_APPOINTMENTS, id).isPresent();
        ObjectNode appointment = books.alone(() -> books.find(Shelf.HIGHLEVEL_APPOINTMENTS, id)
                .map(found -> change(found, asked, at))
                .orElseGet(() -> create(id, asked, at)));
        ObjectNode answer = Json.object();
        answer.set("appointment", appointment);
        String event = known ? "AppointmentUpdate" : "AppointmentCreate";
        answer.set("deliveries", Json.array(webhooks.tellNow(event, envelope(appointment))));
        return answer;
    }

    private static ObjectNode envelope(ObjectNode appointment) {
        ObjectNode facts = Json.object().put("locationId", Json.text(appointment, "locationId"));
        facts.set("appointment", appointment);
        return facts;
    }
}
