package dev.patchbay.flows.internal.live;

import dev.patchbay.kernel.Hashing;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.PhoneNumber;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an agent's arguments ask for. A model fills them in: what is missing has a default, what cannot be read is asked
 * for again.
 */
record FunctionArguments(JsonNode arguments, ZoneId zone) {

    private static final int LONGEST_MINUTES = 1440;
    private static final int DAYS_AHEAD = 7;

    /** When an appointment is to begin; a day alone does not say it. */
    Optional<OffsetDateTime> start() {
        String written = arguments.path("start").asString("");
        return written.indexOf(':') < 0 ? Optional.empty() : SpokenTime.read(written, zone);
    }

    /** How long it is to be, where that is said. */
    Optional<Integer> minutes() {
        return Optional.of(arguments.path("minutes").asInt(0)).filter(it -> it >= 1 && it <= LONGEST_MINUTES);
    }

    /** Where to look for free times: from what is said, or from now on, for a week. */
    ObjectNode search(OffsetDateTime now, int otherwiseMinutes) {
        OffsetDateTime from = time("from").orElse(now);
        OffsetDateTime to = time("to").filter(from::isBefore).orElseGet(() -> from.plusDays(DAYS_AHEAD));
        return Json.object()
                .put("from", from.toString())
                .put("to", to.toString())
                .put("minutes", minutes().orElse(otherwiseMinutes));
    }

    private Optional<OffsetDateTime> time(String name) {
        return SpokenTime.read(arguments.path(name).asString(""), zone);
    }

    /** What goes to the calendar, for a hold and for a booking. */
    ObjectNode appointment(OffsetDateTime start, int minutes, Optional<PhoneNumber> caller) {
        ObjectNode input = Json.object();
        text("contact", 200)
                .or(() -> caller.map(PhoneNumber::e164))
                .ifPresentOrElse(it -> input.put("contact", it), () -> input.put("contact", "unknown caller"));
        input.put("start", start.toString()).put("minutes", minutes);
        text("title", 1000).ifPresent(it -> input.put("title", it));
        text("description", 8000).ifPresent(it -> input.put("description", it));
        return input;
    }

    private Optional<String> text(String name, int longest) {
        return Optional.of(arguments.path(name).asString(""))
                .filter(it -> !it.isBlank())
                .map(it -> it.length() > longest ? it.substring(0, longest) : it);
    }

    /** Names the act: the same time in the same call is the same act, in whatever words it is asked for. */
    static String task(String function, OffsetDateTime start, int minutes) {
        byte[] digest = Hashing.sha256(Hashing.utf8(start.toInstant() + "/" + minutes));
        return function + ":" + HexFormat.of().formatHex(digest, 0, 8);
    }
}
