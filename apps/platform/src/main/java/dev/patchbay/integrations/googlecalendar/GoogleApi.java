package dev.patchbay.integrations.googlecalendar;

import dev.patchbay.connections.http.HttpCall;
import dev.patchbay.connections.http.HttpOutcome;
import dev.patchbay.connections.http.HttpOutcome.Responded;
import dev.patchbay.connections.http.OutgoingHttp;
import dev.patchbay.effects.spi.CalendarPort.Slot;
import dev.patchbay.effects.spi.CallContext;
import dev.patchbay.effects.spi.FailureReason;
import dev.patchbay.effects.spi.PortResult;
import dev.patchbay.effects.spi.ProviderResponses;
import dev.patchbay.kernel.Json;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Sends requests of Google's Calendar API v3 ("Freebusy: query", "Events: insert", "get", "patch", "delete"). */
record GoogleApi(OutgoingHttp http) {

    static final ProviderResponses RESPONSES = new ProviderResponses(
            "Google Calendar", body -> body.path("error").path("message").asString(""));

    /** The busy times of the bound calendar between two times. */
    PortResult<List<Slot>> queryBusy(CallContext callContext, OffsetDateTime from, OffsetDateTime to) {
        return RESPONSES.readResult(
                freeBusy(callContext, from, to),
                "to show free times from " + GoogleEvent.formatForOperators(callContext, from),
                body -> {
                    JsonNode calendar = body.path("calendars").path(calendarId(callContext));
                    return calendar.path("errors").isEmpty()
                            ? Optional.of(calendar.path("busy"))
                                    .filter(JsonNode::isArray)
                                    .map(GoogleApi::slots)
                            : Optional.of(new PortResult.Rejected<>(
                                    FailureReason.BAD_INPUT,
                                    "Google Calendar does not show the calendar " + calendarId(callContext)
                                            + " to this connection."));
                });
    }

    private HttpOutcome freeBusy(CallContext callContext, OffsetDateTime from, OffsetDateTime to) {
        ObjectNode body = Json.object();
        body.put("timeMin", GoogleEvent.rfc3339(from));
        body.put("timeMax", GoogleEvent.rfc3339(to));
        body.put("timeZone", callContext.zone().getId());
        body.putArray("items").addObject().put("id", calendarId(callContext));
        return send(callContext, HttpCall.json("google/freebusy.query", "POST", uri(callContext, "/freeBusy"), body));
    }

    private static PortResult<List<Slot>> slots(JsonNode busy) {
        return new PortResult.Succeeded<>(
                busy.valueStream()
                        .map(it -> new Slot(time(it, "start"), time(it, "end")))
                        .toList(),
                "");
    }

    private static OffsetDateTime time(JsonNode busy, String name) {
        return OffsetDateTime.parse(busy.path(name).asString(""));
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

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
