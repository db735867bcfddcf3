package dev.patchbay.sandbox;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Google Calendar v3: events with ids the client may choose, and what is busy. */
final class GoogleCalendar implements Vendor {

    private static final Pattern EVENT_ID = Pattern.compile("[a-v0-9]{5,1024}");
    private static final String EVENTS = "/calendar/v3/calendars/{calendarId}/events";
    private static final String EVENT = EVENTS + "/{eventId}";

    private final Books books;
    private final Clock clock;
    private final GoogleTokens tokens;
    private final GoogleSignIn signIn;

    GoogleCalendar(Books books, Clock clock, GoogleSignIn signIn) {
        this.signIn = signIn;
        this.books = books;
        this.clock = clock;
        this.tokens = new GoogleTokens(books, clock);
    }

    @Override
    public String name() {
        return "google";
    }

    @Override
    public Shelf log() {
        return Shelf.GOOGLE_LOG;
    }

    @Override
    public Answer problem(int status, String message) {
        return GoogleErrors.answer(status, GoogleErrors.reason(status), message);
    }

    void putAccount(ObjectNode account) {
        tokens.putAccount(account);
    }

    @Override
    public List<Route> routes() {
        return Stream.of(tokens.routes(), calendarRoutes(), signIn.routes())
                .flatMap(List::stream)
                .toList();
    }

    private List<Route> calendarRoutes() {
        return List.of(
                Route.of("events.insert", "POST", EVENTS, this::insert),
                Route.of("events.list", "GET", EVENTS, this::list),
                Route.of("events.get", "GET", EVENT, request -> Answer.ok(event(request))),
                Route.of("events.patch", "PATCH", EVENT, this::patch),
                Route.of("events.update", "PUT", EVENT, this::update),
                Route.of("events.delete", "DELETE", EVENT, this::delete),
                Route.of("freebusy.query", "POST", "/calendar/v3/freeBusy", this::freeBusy));
    }

    private Answer insert(Request request) {
        JsonNode calendar = calendar(request);
        ObjectNode wanted = request.json();
        String id = Json.find(wanted, "id").orElseGet(() -> Ids.base32hex(26));
        if (!EVENT_ID.matcher(id).matches()) {
            throw GoogleErrors.refusal(400, "invalid", "Invalid resource id value.");
        }
        // An id is never free again, not even after the event was cancelled.
        if (books.find(Shelf.GOOGLE_EVENTS, key(calendar, id)).isPresent()) {
            throw GoogleErrors.refusal(409, "duplicate", "The requested identifier already exists.");
        }
        return Answer.ok(write(calendar, fresh(calendar, id).setAll(wanted.without(List.of("id")))));
    }

    private ObjectNode fresh(JsonNode calendar, String id) {
        String address = Json.text(calendar, "id");
        ObjectNode event = Json.object()
                .put("kind", "calendar#event")
                .put("id", id)
                .put("status", "confirmed")
                .put("htmlLink", "https://www.google.com/calendar/event?eid=" + id)
                .put("created", now())
                .put("iCalUID", id + "@google.com")
                .put("sequence", 0)
                .put("eventType", "default");
        event.set("creator", Json.object().put("email", address).put("self", true));
        event.set("organizer", Json.object().put("email", address).put("self", true));
        event.set("reminders", Json.object().put("useDefault", true));
        return event;
    }

    private ObjectNode write(JsonNode calendar, ObjectNode event) {
        Instant start = moment(event, "start");
        Instant end = moment(event, "end");
        if (!end.isAfter(start)) {
            throw GoogleErrors.refusal(400, "timeRangeEmpty", "The specified time range is empty.");
        }
        event.put("updated", now()).put("etag", "\"" + Ids.hex(16) + "\"");
        books.put(Shelf.GOOGLE_EVENTS, key(calendar, Json.text(event, "id")), event);
        return event;
    }

    private static Instant moment(ObjectNode event, String member) {
        if (!event.has(member)) {
            throw GoogleErrors.refusal(400, "required", "Missing " + member + " time.");
        }
        return GoogleTimes.instant(event.path(member))
                .orElseThrow(() ->
                        GoogleErrors.refusal(400, "invalid", "Missing time zone definition for " + member + " time."));
    }

    private Answer patch(Request request) {
        ObjectNode event = event(request);
        merge(event, request.json().without(List.of("id")));
        return Answer.ok(write(
                calendar(request), event.put("sequence", event.path("sequence").asInt() + 1)));
    }

    /** Objects are merged, everything else is replaced, null removes ("Patch semantics", Google's performance tips). */
    private static void merge(ObjectNode into, ObjectNode changes) {
        changes.properties().forEach(change -> {
            JsonNode value = change.getValue();
            if (value.isNull()) {
                into.remove(change.getKey());
            } else if (value.isObject() && into.path(change.getKey()).isObject()) {
                merge((ObjectNode) into.path(change.getKey()), (ObjectNode) value);
            } else {
                into.set(change.getKey(), value);
            }
        });
    }

    private Answer update(Request request) {
        JsonNode calendar = calendar(request);
        ObjectNode old = event(request);
        ObjectNode event = fresh(calendar, Json.text(old, "id"))
                .put("created", Json.text(old, "created"))
                .put("sequence", old.path("sequence").asInt() + 1);
        return Answer.ok(write(calendar, event.setAll(request.json().without(List.of("id")))));
    }

    private Answer delete(Request request) {
        JsonNode calendar = calendar(request);
        ObjectNode event = event(request);
        if (cancelled(event)) {
            throw GoogleErrors.refusal(410, "deleted", "Resource has been deleted");
        }
        write(calendar, event.put("status", "cancelled"));
        return Answer.empty(204);
    }

    private Answer list(Request request) {
        JsonNode calendar = calendar(request);
        Optional<Instant> from = bound(request, "timeMin");
        Optional<Instant> to = bound(request, "timeMax");
        boolean withDeleted =
                request.query("showDeleted").filter("true"::equals).isPresent();
        List<ObjectNode> found = events(calendar).stream()
                .filter(event -> withDeleted || !cancelled(event))
                .filter(event ->
                        from.filter(min -> !moment(event, "end").isAfter(min)).isEmpty())
                .filter(event ->
                        to.filter(max -> !moment(event, "start").isBefore(max)).isEmpty())
                .filter(event -> request.queries("privateExtendedProperty").stream()
                        .allMatch(property -> carries(event, property)))
                .sorted(Comparator.comparing(event -> moment(event, "start")))
                .toList();
        int first = request.number("pageToken", 0);
        int last = Math.min(found.size(), first + request.number("maxResults", 250));
        ObjectNode answer = Json.object()
                .put("kind", "calendar#events")
                .put("summary", Json.text(calendar, "id"))
                .put("timeZone", Json.find(calendar, "timeZone").orElse("UTC"))
                .put("accessRole", "owner")
                .put("updated", now());
        if (last < found.size()) {
            answer.put("nextPageToken", Integer.toString(last));
        }
        answer.set("items", Json.array(found.subList(first, last)));
        return Answer.ok(answer);
    }

    private static boolean carries(ObjectNode event, String property) {
        int equals = property.indexOf('=');
        if (equals < 0) {
            throw GoogleErrors.refusal(400, "invalid", "Invalid extended property constraint: " + property);
        }
        return Json.text(event.path("extendedProperties").path("private"), property.substring(0, equals))
                .equals(property.substring(equals + 1));
    }

    private static Optional<Instant> bound(Request request, String name) {
        return request.query(name).map(GoogleCalendar::bound);
    }

    private static Instant bound(String text) {
        return GoogleTimes.rfc3339(text).orElseThrow(() -> GoogleErrors.refusal(400, "badRequest", "Bad Request"));
    }

    private Answer freeBusy(Request request) {
        ObjectNode account = account(request);
        ObjectNode asked = request.json();
        Instant from = bound(Json.text(asked, "timeMin"));
        Instant to = bound(Json.text(asked, "timeMax"));
        ObjectNode calendars = Json.object();
        for (JsonNode item : asked.path("items")) {
            String id = Json.text(item, "id");
            calendars.set(
                    id,
                    GoogleTokens.calendar(account, id)
                            .map(calendar -> GoogleBusy.of(events(calendar), from, to))
                            .orElseGet(GoogleBusy::unknownCalendar));
        }
        ObjectNode answer = Json.object()
                .put("kind", "calendar#freeBusy")
                .put("timeMin", from.toString())
                .put("timeMax", to.toString());
        answer.set("calendars", calendars);
        return Answer.ok(answer);
    }

    private List<ObjectNode> events(JsonNode calendar) {
        String address = Json.text(calendar, "id");
        return books.all(Shelf.GOOGLE_EVENTS).stream()
                .filter(event -> Json.text(event.path("organizer"), "email").equals(address))
                .toList();
    }

    private ObjectNode event(Request request) {
        return books.find(Shelf.GOOGLE_EVENTS, key(calendar(request), request.param("eventId")))
                .orElseThrow(() -> GoogleErrors.refusal(404, "notFound", "Not Found"));
    }

    private JsonNode calendar(Request request) {
        return GoogleTokens.calendar(account(request), request.param("calendarId"))
                .orElseThrow(() -> GoogleErrors.refusal(404, "notFound", "Not Found"));
    }

    private ObjectNode account(Request request) {
        return tokens.known(request);
    }

    static boolean cancelled(ObjectNode event) {
        return Json.text(event, "status").equals("cancelled");
    }

    private static String key(JsonNode calendar, String eventId) {
        return Json.text(calendar, "id") + "/" + eventId;
    }

    private String now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS).toString();
    }
}
