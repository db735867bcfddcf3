package dev.patchbay.sandbox.google;

import dev.patchbay.sandbox.core.Json;
import dev.patchbay.sandbox.core.Request;
import dev.patchbay.sandbox.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Google's free/busy query: the times at which calendars have events. Periods that overlap or touch are merged. */
final class GoogleFreeBusy {

    /** About three months, as its users report; Google does not document the limit. */
    private static final Duration MAX_RANGE = Duration.ofDays(92);

    private record Period(Instant start, Instant end) {}

    private final GoogleAccounts accounts;
    private final GoogleEvents events;

    GoogleFreeBusy(GoogleAccounts accounts, GoogleEvents events) {
        this.accounts = accounts;
        this.events = events;
    }

    /** {@code POST /calendar/v3/freeBusy}. */
    Response query(Request request) {
        ObjectNode account = accounts.authenticate(request);
        ObjectNode query = request.json();
        Instant from = GoogleTimes.parseTimestamp(Json.text(query, "timeMin"));
        Instant to = GoogleTimes.parseTimestamp(Json.text(query, "timeMax"));
        requireRange(from, to);
        if (query.has("timeZone") && !GoogleTimes.isZone(Json.text(query, "timeZone"))) {
            throw GoogleErrors.error(400, "invalid", "Invalid time zone: " + Json.text(query, "timeZone"));
        }
        ObjectNode calendars = Json.object();
        for (JsonNode item : query.path("items")) {
            String id = Json.text(item, "id");
            calendars.set(
                    id,
                    GoogleAccounts.findCalendar(account, id)
                            .map(calendar -> busyTimes(events.listAll(calendar), from, to, GoogleTimes.zone(calendar)))
                            .orElseGet(GoogleFreeBusy::unknownCalendar));
        }
        ObjectNode body = Json.object()
                .put("kind", "calendar#freeBusy")
                .put("timeMin", from.toString())
                .put("timeMax", to.toString());
        body.set("calendars", calendars);
        return Response.ok(body);
    }

    private static void requireRange(Instant from, Instant to) {
        if (!to.isAfter(from)) {
            throw GoogleErrors.error(400, "timeRangeEmpty", "The specified time range is empty.");
        }
        if (Duration.between(from, to).compareTo(MAX_RANGE) > 0) {
            throw GoogleErrors.error(400, "timeRangeTooLong", "The requested time range is too long.");
        }
    }

    private static ObjectNode busyTimes(List<ObjectNode> events, Instant from, Instant to, ZoneId zone) {
        List<Period> merged = new ArrayList<>();
        events.stream()
                .filter(event -> !GoogleEvents.isCancelled(event))
                .filter(event -> !Json.text(event, "transparency").equals("transparent"))
                .flatMap(event -> GoogleTimes.parseEventTime(event.path("start"), zone)
                        .flatMap(start -> GoogleTimes.parseEventTime(event.path("end"), zone)
                                .map(end -> new Period(start, end)))
                        .stream())
                .filter(period -> period.end().isAfter(from) && period.start().isBefore(to))
                .sorted(Comparator.comparing(Period::start))
                .forEach(period -> merge(merged, period));
        ObjectNode calendar = Json.object();
        calendar.set(
                "busy",
                Json.array(merged.stream()
                        .map(period -> Json.object()
                                .put("start", period.start().toString())
                                .put("end", period.end().toString()))
                        .toList()));
        return calendar;
    }

    /** Adds a period that begins no earlier than those before it. */
    private static void merge(List<Period> merged, Period period) {
        if (merged.isEmpty() || merged.getLast().end().isBefore(period.start())) {
            merged.add(period);
            return;
        }
        Period last = merged.removeLast();
        merged.add(new Period(last.start(), last.end().isAfter(period.end()) ? last.end() : period.end()));
    }

    private static ObjectNode unknownCalendar() {
        ObjectNode calendar = Json.object();
        calendar.set("errors", Json.array(List.of(GoogleErrors.detail("notFound"))));
        calendar.set("busy", Json.MAPPER.createArrayNode());
        return calendar;
    }
}
