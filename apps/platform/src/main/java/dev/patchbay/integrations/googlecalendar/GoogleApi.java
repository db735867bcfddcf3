package dev.patchbay.integrations.googlecalendar;

import dev.patchbay.connections.http.HttpCall;
import dev.patchbay.connections.http.HttpOutcome;
import dev.patchbay.connections.http.HttpOutcome.Responded;
import dev.patchbay.connections.http.OutgoingHttp;
import dev.patchbay.effects.spi.CalendarPort.BusyTime;
import dev.patchbay.effects.spi.CalendarPort.Slot;
import dev.patchbay.effects.spi.CallContext;
import dev.patchbay.effects.spi.FailureReason;
import dev.patchbay.effects.spi.PortResult;
import dev.patchbay.effects.spi.ProviderResponses;
import dev.patchbay.kernel.Json;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Sends requests of Google's Calendar API v3 ("Freebusy: query"; "Events: list", "get", "insert", "patch",
 * "delete"). */
record GoogleApi(OutgoingHttp http) {

    static final ProviderResponses RESPONSES = new ProviderResponses(
            "Google Calendar", body -> body.path("error").path("message").asString(""));

    /** Google refuses longer free/busy queries: "The requested time range is too long." */
    private static final Duration MAX_FREE_BUSY_RANGE = Duration.ofDays(60);

    private static final int MAX_EVENTS_PER_PAGE = 2500;
    /** More events in one search are no client's calendar. */
    private static final int MAX_PAGES = 20;

    /** The events of the bound calendar between two times that block time, each with its id ("Events: list"). */
    PortResult<List<BusyTime>> listBusy(CallContext callContext, OffsetDateTime from, OffsetDateTime to) {
        List<BusyTime> busy = new ArrayList<>();
        String page = "";
        for (int pages = 0; pages < MAX_PAGES; pages++) {
            PortResult<JsonNode> list = listPage(callContext, timeRange(from, to) + page);
            if (!(list instanceof PortResult.Succeeded<JsonNode>(JsonNode body, String id))) {
                return list.then(GoogleApi::nothing);
            }
            ZoneId calendarZone = GoogleBusyTimes.zone(body, callContext.zone());
            body.path("items")
                    .valueStream()
                    .flatMap(event -> GoogleBusyTimes.read(event, calendarZone).stream())
                    .forEach(busy::add);
            String next = body.path("nextPageToken").asString("");
            if (next.isEmpty()) {
                return new PortResult.Succeeded<>(busy, calendarId(callContext));
            }
            page = "&pageToken=" + encode(next);
        }
        return new PortResult.Rejected<>(
                FailureReason.BAD_INPUT,
                "The calendar " + calendarId(callContext) + " holds more events in that time than can be read.");
    }

    private static PortResult<List<BusyTime>> nothing(JsonNode none) {
        return new PortResult.Succeeded<>(List.of(), "");
    }

    private static String timeRange(OffsetDateTime from, OffsetDateTime to) {
        return "timeMin=" + encode(rfc3339(from)) + "&timeMax=" + encode(rfc3339(to));
    }

    /** @param query encoded */
    PortResult<JsonNode> listPage(CallContext callContext, String query) {
        URI uri = uri(
                callContext,
                eventsPath(callContext) + "?singleEvents=true&maxResults=" + MAX_EVENTS_PER_PAGE + "&" + query);
        HttpOutcome outcome = send(callContext, HttpCall.get("google/events.list", uri));
        return hasStatus(outcome, 404)
                ? new PortResult.Rejected<>(FailureReason.BAD_INPUT, notShown(calendarId(callContext)))
                : RESPONSES.readResult(
                        outcome,
                        "to show its appointments",
                        body -> Optional.of(body)
                                .filter(it -> it.path("items").isArray())
                                .map(it -> new PortResult.Succeeded<>(it, "")));
    }

    private static String notShown(String calendar) {
        return "Google Calendar does not show the calendar " + calendar + " to this connection.";
    }

    /** The busy times of calendars that only count as busy, asked for in pieces ("Freebusy: query"). */
    PortResult<List<BusyTime>> queryBusy(
            CallContext callContext, List<String> calendars, OffsetDateTime from, OffsetDateTime to) {
        List<BusyTime> busy = new ArrayList<>();
        for (OffsetDateTime start = from; start.isBefore(to); start = start.plus(MAX_FREE_BUSY_RANGE)) {
            OffsetDateTime end = start.plus(MAX_FREE_BUSY_RANGE);
            PortResult<List<BusyTime>> piece = queryPiece(callContext, calendars, start, end.isBefore(to) ? end : to);
            if (!(piece instanceof PortResult.Succeeded<List<BusyTime>>(List<BusyTime> found, String id))) {
                return piece;
            }
            busy.addAll(found);
        }
        return new PortResult.Succeeded<>(busy, "");
    }

    private PortResult<List<BusyTime>> queryPiece(
            CallContext callContext, List<String> calendars, OffsetDateTime from, OffsetDateTime to) {
        ObjectNode body = Json.object();
        body.put("timeMin", rfc3339(from));
        body.put("timeMax", rfc3339(to));
        body.put("timeZone", callContext.zone().getId());
        var items = body.putArray("items");
        calendars.forEach(calendar -> items.addObject().put("id", calendar));
        return RESPONSES.readResult(
                send(callContext, HttpCall.json("google/freebusy.query", "POST", uri(callContext, "/freeBusy"), body)),
                "to show busy times from " + GoogleEvent.formatForOperators(callContext, from),
                answer -> busyTimes(answer.path("calendars"), calendars));
    }

    private static Optional<PortResult<List<BusyTime>>> busyTimes(JsonNode answer, List<String> calendars) {
        List<BusyTime> busy = new ArrayList<>();
        for (String calendar : calendars) {
            JsonNode times = answer.path(calendar);
            if (!times.path("errors").isEmpty()) {
                return Optional.of(new PortResult.Rejected<>(FailureReason.BAD_INPUT, notShown(calendar)));
            }
            if (!times.path("busy").isArray()) {
                return Optional.empty();
            }
            times.path("busy")
                    .valueStream()
                    .map(it -> new Slot(time(it, "start"), time(it, "end")))
                    .forEach(slot -> busy.add(new BusyTime(Optional.empty(), slot, Optional.empty())));
        }
        return Optional.of(new PortResult.Succeeded<>(busy, ""));
    }

    private static OffsetDateTime time(JsonNode busy, String name) {
        return OffsetDateTime.parse(busy.path(name).asString(""));
    }

    /** The calendars that count as busy beside the bound one. */
    static List<String> busyCalendars(CallContext callContext) {
        return callContext
                .binding()
                .path("busyCalendars")
                .valueStream()
                .map(it -> it.asString(""))
                .filter(it -> !it.equals(calendarId(callContext)))
                .distinct()
                .toList();
    }

    HttpOutcome insert(CallContext callContext, JsonNode event) {
        return send(
                callContext,
                HttpCall.json("google/events.insert", "POST", uri(callContext, eventsPath(callContext)), event));
    }

    HttpOutcome get(CallContext callContext, String eventId) {
        return send(
                callContext,
                HttpCall.get("google/events.get", uri(callContext, eventsPath(callContext) + "/" + encode(eventId))));
    }

    HttpOutcome patch(CallContext callContext, String eventId, JsonNode changes) {
        URI uri = uri(callContext, eventsPath(callContext) + "/" + encode(eventId));
        return send(callContext, HttpCall.json("google/events.patch", "PATCH", uri, changes));
    }

    HttpOutcome delete(CallContext callContext, String eventId) {
        URI uri = uri(callContext, eventsPath(callContext) + "/" + encode(eventId));
        return send(callContext, new HttpCall("google/events.delete", "DELETE", uri, Map.of(), null, null));
    }

    static String calendarId(CallContext callContext) {
        return callContext.binding().path("calendarId").asString("primary");
    }

    static boolean hasStatus(HttpOutcome outcome, int... statuses) {
        return outcome instanceof Responded responded
                && Arrays.stream(statuses).anyMatch(it -> it == responded.status());
    }

    private HttpOutcome send(CallContext callContext, HttpCall call) {
        String bearer = "Bearer " + callContext.account().secret("access_token");
        return normaliseRateLimit(
                http.send(call.withHeader("Authorization", bearer), callContext.window(), callContext.journal()));
    }

    /** Turns a 403 with a rate limit reason into a 429: Google sends either (Calendar API, "Handle API errors"). */
    private static HttpOutcome normaliseRateLimit(HttpOutcome outcome) {
        return Optional.of(outcome)
                .filter(Responded.class::isInstance)
                .map(Responded.class::cast)
                .filter(it -> it.status() == 403)
                .filter(it ->
                        it.body().at("/error/errors/0/reason").asString("").endsWith("ateLimitExceeded"))
                .<HttpOutcome>map(it -> new Responded(429, it.body(), it.retryAfter()))
                .orElse(outcome);
    }

    private static URI uri(CallContext callContext, String path) {
        return URI.create(callContext.account().baseUrl() + "/calendar/v3" + path);
    }

    private static String eventsPath(CallContext callContext) {
        return "/calendars/" + encode(calendarId(callContext)) + "/events";
    }

    /** RFC 3339 with seconds, which Google requires and {@link OffsetDateTime#toString()} omits when they are zero. */
    static String rfc3339(OffsetDateTime time) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time);
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
