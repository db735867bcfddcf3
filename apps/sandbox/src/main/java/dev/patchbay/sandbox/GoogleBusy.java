package dev.patchbay.sandbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Free or busy: the events that take time, as spans that neither overlap nor touch. */
final class GoogleBusy {

    private record Span(Instant start, Instant end) {}

    private GoogleBusy() {}

    static ObjectNode of(List<ObjectNode> events, Instant from, Instant to) {
        List<Span> merged = new ArrayList<>();
        events.stream()
                .filter(event -> !GoogleCalendar.cancelled(event))
                .filter(event -> !Json.text(event, "transparency").equals("transparent"))
                .flatMap(event -> GoogleTimes.instant(event.path("start"))
                        .flatMap(start -> GoogleTimes.instant(event.path("end")).map(end -> new Span(start, end)))
                        .stream())
                .filter(span -> span.end().isAfter(from) && span.start().isBefore(to))
                .sorted(Comparator.comparing(Span::start))
                .forEach(span -> add(merged, span));
        ObjectNode calendar = Json.object();
        calendar.set(
                "busy",
                Json.array(merged.stream()
                        .map(span -> Json.object()
                                .put("start", span.start().toString())
                                .put("end", span.end().toString()))
                        .toList()));
        return calendar;
    }

    private static void add(List<Span> merged, Span span) {
        if (merged.isEmpty() || merged.getLast().end().isBefore(span.start())) {
            merged.add(span);
            return;
        }
        Span last = merged.removeLast();
        merged.add(new Span(last.start(), last.end().isAfter(span.end()) ? last.end() : span.end()));
    }

    static ObjectNode unknownCalendar() {
        ObjectNode calendar = Json.object();
        calendar.set("errors", Json.array(List.of(GoogleErrors.single("notFound"))));
        calendar.set("busy", Json.MAPPER.createArrayNode());
        return calendar;
    }
}
