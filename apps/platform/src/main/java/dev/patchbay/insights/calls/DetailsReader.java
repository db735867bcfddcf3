package dev.patchbay.insights.calls;

import dev.patchbay.ingress.Event;
import dev.patchbay.kernel.PhoneNumber;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads the details of a call from its events. Each member comes from the most informative event: the analysis, else the end of
 * the call, else the latest of the others. So the order in which events were delivered does not matter.
 */
final class DetailsReader {

    private static final String ANALYZED = "voice.call.analyzed";
    private static final String ENDED = "voice.call.ended";

    private static final int MAX_TEXT_LENGTH = 200;
    private static final int MAX_SECONDS = 7 * 24 * 3_600;

    private final List<Event> events;

    /** @param events the events of one call that has a client; at least one */
    private DetailsReader(List<Event> events) {
        this.events = events;
    }

    static CallDetails read(List<Event> events) {
        return new DetailsReader(events.stream()
                        .sorted(Comparator.comparingInt(DetailsReader::knowledge)
                                .thenComparing(event -> event.id().value())
                                .reversed())
                        .toList())
                .read();
    }

    private static int knowledge(Event event) {
        return switch (event.type()) {
            case ANALYZED -> 2;
            case ENDED -> 1;
            default -> 0;
        };
    }

    private CallDetails read() {
        return new CallDetails(
                events.getFirst().client().orElseThrow(),
                calledAt(),
                first(call -> seconds(call.path("durationSeconds"))).orElse(0),
                text("/direction"),
                text("/from"),
                text("/to"),
                first(DetailsReader::number).orElse(null),
                first(DetailsReader::name).orElse(null),
                text("/analysis/custom/slot"));
    }

    private Instant calledAt() {
        return first(call -> instant(call.path("startedAt")))
                .or(() -> events.stream().map(Event::time).min(Comparator.naturalOrder()))
                .orElseThrow()
                .truncatedTo(ChronoUnit.MILLIS);
    }

    private static Optional<Instant> instant(JsonNode value) {
        try {
            return value.isString()
                    ? Optional.of(OffsetDateTime.parse(value.stringValue()).toInstant())
                    : Optional.empty();
        } catch (DateTimeParseException unreadable) {
            return Optional.empty();
        }
    }

    private static Optional<Integer> seconds(JsonNode value) {
        return value.isNumber()
                ? Optional.of(value.decimalValue()
                        .max(BigDecimal.ZERO)
                        .min(BigDecimal.valueOf(MAX_SECONDS))
                        .intValue())
                : Optional.empty();
    }

    private static Optional<String> number(JsonNode call) {
        JsonNode person = call.path("person");
        return text(person.isObject() ? person.path("number") : call.path("from"))
                .flatMap(PhoneNumber::read)
                .map(PhoneNumber::e164);
    }

    /** Returns the name as the agent recorded it, or else as the CRM has it. */
    private static Optional<String> name(JsonNode call) {
        String recorded = Stream.of("/analysis/custom/first_name", "/analysis/custom/last_name")
                .flatMap(part -> text(call.at(part)).stream())
                .collect(Collectors.joining(" "));
        return recorded.isEmpty() ? text(call.at("/person/name")) : Optional.of(cut(recorded));
    }

    private @Nullable String text(String pointer) {
        return first(call -> text(call.at(pointer))).orElse(null);
    }

    private static Optional<String> text(JsonNode value) {
        return Optional.of(value.asString("").strip())
                .filter(text -> !text.isEmpty())
                .map(DetailsReader::cut);
    }

    private static String cut(String text) {
        return text.length() <= MAX_TEXT_LENGTH ? text : text.substring(0, MAX_TEXT_LENGTH - 1) + "…";
    }

    private <T> Optional<T> first(Function<JsonNode, Optional<T>> member) {
        return events.stream()
                .flatMap(event -> member.apply(event.data().path("call")).stream())
                .findFirst();
    }
}
