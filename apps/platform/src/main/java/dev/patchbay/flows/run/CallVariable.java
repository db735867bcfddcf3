package dev.patchbay.flows.run;

import dev.patchbay.kernel.Json;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code $call}: the moments of the event's call in the client's zone, for expressions; empty for an event without a call. */
final class CallVariable {

    private static final DateTimeFormatter ISO = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx", Locale.ROOT);
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

    private CallVariable() {}

    static ObjectNode of(JsonNode event, ZoneId zone) {
        JsonNode call = event.path("call");
        ObjectNode variable = Json.object();
        Optional<ZonedDateTime> started = time(call, "startedAt", zone);
        Optional<ZonedDateTime> ended = time(call, "endedAt", zone);
        started.ifPresent(time -> variable.put("startedAt", ISO.format(time)));
        ended.ifPresent(time -> variable.put("endedAt", ISO.format(time)));
        ended.or(() -> started)
                .ifPresent(time -> variable.put("date", time.toLocalDate().toString())
                        .put("time", CLOCK.format(time))
                        .put("weekday", time.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH)));
        if (call.path("person").isObject()) {
            variable.set("person", call.path("person"));
        }
        return variable;
    }

    private static Optional<ZonedDateTime> time(JsonNode call, String name, ZoneId zone) {
        try {
            return Optional.of(
                    OffsetDateTime.parse(call.path(name).asString("")).atZoneSameInstant(zone));
        } catch (DateTimeException none) {
            return Optional.empty();
        }
    }
}
