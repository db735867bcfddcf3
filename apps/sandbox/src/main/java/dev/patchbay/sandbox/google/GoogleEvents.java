package dev.patchbay.sandbox.google;

import dev.patchbay.sandbox.core.Ids;
import dev.patchbay.sandbox.core.Json;
import dev.patchbay.sandbox.core.Request;
import dev.patchbay.sandbox.core.Response;
import dev.patchbay.sandbox.core.Store;
import dev.patchbay.sandbox.core.Table;
import dev.patchbay.sandbox.core.Timestamps;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Google Calendar's events. The client may choose an event's id. */
final class GoogleEvents {

    private static final Pattern EVENT_ID = Pattern.compile("[a-v0-9]{5,1024}");

    private final Store store;
    private final Clock clock;
    private final GoogleAccounts accounts;

    GoogleEvents(Store store, Clock clock, GoogleAccounts accounts) {
        this.store = store;
        this.clock = clock;
        this.accounts = accounts;
    }

    Response insert(Request request) {
        JsonNode calendar = requireCalendar(request);
        ObjectNode members = request.json();
        String id = Json.find(members, "id").orElseGet(() -> Ids.base32hex(26));
        if (!EVENT_ID.matcher(id).matches()) {
            throw GoogleErrors.error(400, "invalid", "Invalid resource id value.");
        }
        // An id stays taken, even after its event was cancelled.
        if (store.find(Table.GOOGLE_EVENTS, key(calendar, id)).isPresent()) {
            throw GoogleErrors.error(409, "duplicate", "The requested identifier already exists.");
        }
        return Response.ok(write(calendar, newEvent(calendar, id).setAll(members.without(List.of("id")))));
    }

    private ObjectNode newEvent(JsonNode calendar, String id) {
        String calendarId = Json.text(calendar, "id");
        ObjectNode event = Json.object()
                .put("kind", "calendar#event")
                .put("id", id)
                .put("status", "confirmed")
                .put("htmlLink", "https://www.google.com/calendar/event?eid=" + id)
                .put("created", Timestamps.now(clock))
                .put("iCalUID", id + "@google.com")
                .put("sequence", 0)
                .put("eventType", "default");
        event.set("creator", Json.object().put("email", calendarId).put("self", true));
        event.set("organizer", Json.object().put("email", calendarId).put("self", true));
        event.set("reminders", Json.object().put("useDefault", true));
        return event;
    }

    private ObjectNode write(JsonNode calendar, ObjectNode event) {
        Instant start = requireTime(event, "start", calendar);
        Instant end = requireTime(event, "end", calendar);
        if (!end.isAfter(start)) {
            throw GoogleErrors.error(400, "timeRangeEmpty", "The specified time range is empty.");
        }
        event.put("updated", Timestamps.now(clock)).put("etag", "\"" + Ids.hex(16) + "\"");
        store.put(Table.GOOGLE_EVENTS, key(calendar, Json.text(event, "id")), event);
        return event;
    }

    private static Instant requireTime(ObjectNode event, String member, JsonNode calendar) {
        if (!event.has(member)) {
            throw GoogleErrors.error(400, "required", "Missing " + member + " time.");
        }
        return GoogleTimes.parseEventTime(event.path(member), GoogleTimes.zone(calendar))
                .orElseThrow(() ->
                        GoogleErrors.error(400, "invalid", "Missing time zone definition for " + member + " time."));
    }

    Response get(Request request) {
        return Response.ok(requireEvent(request));
    }

    Response patch(Request request) {
        ObjectNode event = requireEvent(request);
        merge(event, request.json().without(List.of("id")));
        return Response.ok(write(requireCalendar(request), event.put("sequence", nextSequence(event))));
    }

    private static int nextSequence(ObjectNode event) {
        return event.path("sequence").asInt() + 1;
    }

    /** Merges objects, removes members that are null and replaces all others ("Patch semantics", Google's performance tips). */
    private static void merge(ObjectNode target, ObjectNode changes) {
        changes.properties().forEach(change -> {
            JsonNode value = change.getValue();
            if (value.isNull()) {
                target.remove(change.getKey());
            } else if (value.isObject() && target.path(change.getKey()).isObject()) {
                merge((ObjectNode) target.path(change.getKey()), (ObjectNode) value);
            } else {
                target.set(change.getKey(), value);
            }
        });
    }

    Response update(Request request) {
        JsonNode calendar = requireCalendar(request);
        ObjectNode old = requireEvent(request);
        ObjectNode event = newEvent(calendar, Json.text(old, "id"))
                .put("created", Json.text(old, "created"))
                .put("sequence", nextSequence(old));
        return Response.ok(write(calendar, event.setAll(request.json().without(List.of("id")))));
    }

    Response delete(Request request) {
        JsonNode calendar = requireCalendar(request);
        ObjectNode event = requireEvent(request);
        if (isCancelled(event)) {
            throw GoogleErrors.error(410, "deleted", "Resource has been deleted");
        }
        write(calendar, event.put("status", "cancelled"));
        return Response.empty(204);
    }

    /** Lists events by start. The page token is the position of the page's first event. */
    Response list(Request request) {
        JsonNode calendar = requireCalendar(request);
        Optional<Instant> timeMin = request.query("timeMin").map(GoogleTimes::parseTimestamp);
        Optional<Instant> timeMax = request.query("timeMax").map(GoogleTimes::parseTimestamp);
        boolean showDeleted =
                request.query("showDeleted").filter("true"::equals).isPresent();
        List<ObjectNode> matches = listAll(calendar).stream()
                .filter(event -> showDeleted || !isCancelled(event))
                .filter(event -> timeMin.filter(
                                min -> !requireTime(event, "end", calendar).isAfter(min))
                        .isEmpty())
                .filter(event -> timeMax.filter(
                                max -> !requireTime(event, "start", calendar).isBefore(max))
                        .isEmpty())
                .filter(event -> request.queryValues("privateExtendedProperty").stream()
                        .allMatch(property -> hasPrivateProperty(event, property)))
                .sorted(Comparator.comparing(event -> requireTime(event, "start", calendar)))
                .toList();
        int first = request.queryInt("pageToken", 0);
        int end = Math.min(matches.size(), first + request.queryInt("maxResults", 250));
        ObjectNode body = Json.object()
                .put("kind", "calendar#events")
                .put("summary", Json.text(calendar, "id"))
                .put("timeZone", Json.find(calendar, "timeZone").orElse("UTC"))
                .put("accessRole", "owner")
                .put("updated", Timestamps.now(clock));
        if (end < matches.size()) {
            body.put("nextPageToken", Integer.toString(end));
        }
        body.set("items", Json.array(matches.subList(first, end)));
        return Response.ok(body);
    }

    /** @param property {@code name=value} */
    private static boolean hasPrivateProperty(ObjectNode event, String property) {
        int equals = property.indexOf('=');
        if (equals < 0) {
            throw GoogleErrors.error(400, "invalid", "Invalid extended property constraint: " + property);
        }
        return Json.text(event.path("extendedProperties").path("private"), property.substring(0, equals))
                .equals(property.substring(equals + 1));
    }

    /** Lists all events of a calendar, cancelled ones included. */
    List<ObjectNode> listAll(JsonNode calendar) {
        String calendarId = Json.text(calendar, "id");
        return store.list(Table.GOOGLE_EVENTS).stream()
                .filter(event -> Json.text(event.path("organizer"), "email").equals(calendarId))
                .toList();
    }

    private ObjectNode requireEvent(Request request) {
        return store.find(Table.GOOGLE_EVENTS, key(requireCalendar(request), request.pathParameter("eventId")))
                .orElseThrow(() -> GoogleErrors.error(404, "notFound", "Not Found"));
    }

    private JsonNode requireCalendar(Request request) {
        return GoogleAccounts.findCalendar(accounts.authenticate(request), request.pathParameter("calendarId"))
                .orElseThrow(() -> GoogleErrors.error(404, "notFound", "Not Found"));
    }

    static boolean isCancelled(ObjectNode event) {
        return Json.text(event, "status").equals("cancelled");
    }

    private static String key(JsonNode calendar, String eventId) {
        return Json.text(calendar, "id") + "/" + eventId;
    }
}
