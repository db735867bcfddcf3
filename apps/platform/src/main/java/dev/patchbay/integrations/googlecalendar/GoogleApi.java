package dev.patchbay.integrations.googlecalendar;

import dev.patchbay.connections.http.HttpCall;
import dev.patchbay.connections.http.HttpOutcome;
import dev.patchbay.connections.http.HttpOutcome.Answered;
import dev.patchbay.connections.http.OutgoingHttp;
import dev.patchbay.flows.spi.Act;
import dev.patchbay.flows.spi.Answer;
import dev.patchbay.flows.spi.CalendarPort.Slot;
import dev.patchbay.flows.spi.ProviderAnswers;
import dev.patchbay.flows.spi.Reason;
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

/** The requests of Google's Calendar API v3 that we send. */
record GoogleApi(OutgoingHttp http) {

    static final ProviderAnswers ANSWERS = new ProviderAnswers(
            "Google Calendar", body -> body.path("error").path("message").asString(""));

    /** The times between these two at which the calendar is not free. */
    Answer<List<Slot>> busy(Act act, OffsetDateTime from, OffsetDateTime to) {
        return ANSWERS.read(
                freeBusy(act, from, to), "to show free times from " + GoogleEvent.spoken(from, act.zone()), body -> {
                    JsonNode calendar = body.path("calendars").path(calendar(act));
                    return calendar.path("errors").isEmpty()
                            ? Optional.of(calendar.path("busy"))
                                    .filter(JsonNode::isArray)
                                    .map(GoogleApi::slots)
                            : Optional.of(new Answer.Refused<>(
                                    Reason.BAD_INPUT,
                                    "Google Calendar does not show the calendar " + calendar(act)
                                            + " to this connection."));
                });
    }

    private HttpOutcome freeBusy(Act act, OffsetDateTime from, OffsetDateTime to) {
        ObjectNode body = Json.object();
        body.put("timeMin", GoogleEvent.rfc3339(from));
        body.put("timeMax", GoogleEvent.rfc3339(to));
        body.put("timeZone", act.zone().getId());
        body.putArray("items").addObject().put("id", calendar(act));
        return send(act, HttpCall.json("google/freebusy.query", "POST", at(act, "/freeBusy"), body));
    }

    private static Answer<List<Slot>> slots(JsonNode busy) {
        return new Answer.Done<>(
                busy.valueStream()
                        .map(it -> new Slot(time(it, "start"), time(it, "end")))
                        .toList(),
                "");
    }

    private static OffsetDateTime time(JsonNode busy, String name) {
        return OffsetDateTime.parse(busy.path(name).asString(""));
    }

    HttpOutcome insert(Act act, JsonNode event) {
        return send(act, HttpCall.json("google/events.insert", "POST", at(act, events(act)), event));
    }

    HttpOutcome get(Act act, String eventId) {
        return send(act, HttpCall.get("google/events.get", at(act, events(act) + "/" + encode(eventId))));
    }

    HttpOutcome patch(Act act, String eventId, JsonNode changes) {
        URI uri = at(act, events(act) + "/" + encode(eventId));
        return send(act, HttpCall.json("google/events.patch", "PATCH", uri, changes));
    }

    HttpOutcome delete(Act act, String eventId) {
        URI uri = at(act, events(act) + "/" + encode(eventId));
        return send(act, new HttpCall("google/events.delete", "DELETE", uri, Map.of(), null, null));
    }

    static String calendar(Act act) {
        return act.binding().path("calendarId").asString("primary");
    }

    static boolean has(HttpOutcome outcome, int... statuses) {
        return outcome instanceof Answered answered && Arrays.stream(statuses).anyMatch(it -> it == answered.status());
    }

    private HttpOutcome send(Act act, HttpCall call) {
        String bearer = "Bearer " + act.account().secret("access_token");
        return readRateLimit(http.send(call.with("Authorization", bearer), act.window(), act.journal()));
    }

    /** Google also says "too many requests" as a 403 with a reason (Calendar API, "Handle API errors"). */
    private static HttpOutcome readRateLimit(HttpOutcome outcome) {
        return Optional.of(outcome)
                .filter(Answered.class::isInstance)
                .map(Answered.class::cast)
                .filter(it -> it.status() == 403)
                .filter(it ->
                        it.body().at("/error/errors/0/reason").asString("").endsWith("ateLimitExceeded"))
                .<HttpOutcome>map(it -> new Answered(429, it.body(), it.retryAfter()))
                .orElse(outcome);
    }

    private static URI at(Act act, String path) {
        return URI.create(act.account().baseUrl() + "/calendar/v3" + path);
    }

    private static String events(Act act) {
        return "/calendars/" + encode(calendar(act)) + "/events";
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
