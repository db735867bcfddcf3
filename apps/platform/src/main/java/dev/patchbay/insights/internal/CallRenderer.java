package dev.patchbay.insights.internal;

import dev.patchbay.flows.history.RunHistory.RunEntry;
import dev.patchbay.iam.tenants.Client;
import dev.patchbay.ingress.Event;
import dev.patchbay.insights.TimelineCall;
import dev.patchbay.insights.TimelineCall.ClientOfCall;
import dev.patchbay.insights.TimelineCall.Cost;
import dev.patchbay.kernel.ClientId;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Renders the calls of a timeline, the latest first. */
final class CallRenderer {

    /** The types of events about a call, from the least informative to the most informative. */
    private static final List<String> BY_CONTENT =
            List.of("voice.call.started", "voice.call.ended", "voice.call.analyzed", "voice.call.reanalyzed");

    private final TimelineData data;
    private final Function<ClientId, Optional<Client>> clients;

    /** @param clients finds a client within the caller's scope */
    CallRenderer(TimelineData data, Function<ClientId, Optional<Client>> clients) {
        this.data = data;
        this.clients = clients;
    }

    List<TimelineCall> render() {
        Map<String, List<Event>> byCall = data.events().stream()
                .filter(event -> BY_CONTENT.contains(event.type()))
                .collect(Collectors.groupingBy(Event::subject, LinkedHashMap::new, Collectors.toList()));
        return byCall.entrySet().stream()
                .map(call -> render(call.getKey(), call.getValue()))
                .sorted(Comparator.comparing(TimelineCall::at).reversed())
                .toList();
    }

    private TimelineCall render(String callId, List<Event> events) {
        var fullest = events.stream()
                .max(Comparator.comparingInt((Event event) -> BY_CONTENT.indexOf(event.type()))
                        .thenComparing(Event::receivedAt))
                .orElseThrow();
        var ofCall = data.ofCall(callId, events.stream().map(Event::correlation).collect(Collectors.toSet()));
        var outcome = new CallOutcome(ofCall);
        JsonNode call = fullest.data().path("call");
        JsonNode recorded = call.at("/analysis/custom");
        Instant startedAt = instant(call.path("startedAt"));
        Instant endedAt = instant(call.path("endedAt"));
        return new TimelineCall(
                callId,
                fullest.correlation().value(),
                fullest.client().flatMap(clients).map(CallRenderer::client).orElse(null),
                Optional.ofNullable(endedAt)
                        .or(() -> Optional.ofNullable(startedAt))
                        .orElse(fullest.time()),
                startedAt,
                call.path("durationSeconds").isNumber()
                        ? call.path("durationSeconds").asLong()
                        : null,
                text(call.path("direction")),
                text(call.path("from")),
                text(call.path("to")),
                name(call),
                text(recorded.path("slot")),
                outcome.bookedTime().orElse(null),
                text(call.at("/analysis/summary")),
                text(call.at("/analysis/sentiment")),
                text(call.path("disconnectReason")),
                cost(call.path("cost")),
                outcome.outcome(),
                new OutcomeExplanation(ofCall).explain(),
                new ClientSentences(outcome).explain(),
                outcome.run().map(RunEntry::id).orElse(null));
    }

    private static ClientOfCall client(Client client) {
        return new ClientOfCall(
                client.id().value(),
                client.name(),
                client.zone().getId(),
                client.locale().toLanguageTag());
    }

    private static @Nullable String name(JsonNode call) {
        JsonNode recorded = call.at("/analysis/custom");
        String spoken = Stream.of("first_name", "last_name")
                .map(part -> recorded.path(part).asString("").strip())
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" "));
        return spoken.isEmpty() ? text(call.at("/person/name")) : spoken;
    }

    private static @Nullable Cost cost(JsonNode cost) {
        String amount = cost.path("amount").asString("");
        return amount.isEmpty() ? null : new Cost(amount, cost.path("currency").asString("USD"));
    }

    private static @Nullable String text(JsonNode value) {
        String text = value.asString("").strip();
        return text.isEmpty() ? null : text;
    }

    private static @Nullable Instant instant(JsonNode value) {
        try {
            return OffsetDateTime.parse(value.asString("")).toInstant();
        } catch (DateTimeException unknown) {
            return null;
        }
    }
}
