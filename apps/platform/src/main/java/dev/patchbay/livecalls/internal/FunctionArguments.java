package dev.patchbay.livecalls.internal;

import dev.patchbay.kernel.Hashing;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.PhoneNumber;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The arguments of a function, as the agent's language model filled them in: what is missing gets a default. */
record FunctionArguments(JsonNode arguments, ZoneId zone) {

    private static final int MAX_MINUTES = 1440;
    private static final int SEARCH_DAYS = 7;
    private static final int MAX_CONTACT = 200;
    private static final int MAX_TITLE = 1000;
    private static final int MAX_DESCRIPTION = 8000;

    /** The start of the appointment; empty for a day without a time. */
    Optional<OffsetDateTime> start() {
        String text = arguments.path("start").asString("");
        return text.indexOf(':') < 0 ? Optional.empty() : LocalTimes.parse(text, zone);
    }

    /** The length of the appointment, 1 to 1,440. */
    Optional<Integer> minutes() {
        return Optional.of(arguments.path("minutes").asInt(0))
                .filter(minutes -> minutes >= 1 && minutes <= MAX_MINUTES);
    }

    /** The input of {@code calendar.findSlots}: by default from now on, for a week. */
    ObjectNode slotSearch(OffsetDateTime now, int defaultMinutes) {
        OffsetDateTime from = time("from").orElse(now);
        OffsetDateTime to = time("to").filter(from::isBefore).orElseGet(() -> from.plusDays(SEARCH_DAYS));
        return Json.object()
                .put("from", from.toString())
                .put("to", to.toString())
                .put("minutes", minutes().orElse(defaultMinutes));
    }

    private Optional<OffsetDateTime> time(String name) {
        return LocalTimes.parse(arguments.path(name).asString(""), zone);
    }

    /** The input of {@code calendar.hold} and {@code calendar.book}. */
    ObjectNode appointment(OffsetDateTime start, int minutes, Optional<PhoneNumber> caller) {
        ObjectNode input = Json.object();
        input.put(
                "contact",
                text("contact", MAX_CONTACT)
                        .or(() -> caller.map(PhoneNumber::e164))
                        .orElse("unknown caller"));
        input.put("start", start.toString()).put("minutes", minutes);
        text("title", MAX_TITLE).ifPresent(title -> input.put("title", title));
        text("description", MAX_DESCRIPTION).ifPresent(description -> input.put("description", description));
        return input;
    }

    /** Longer texts are cut. */
    private Optional<String> text(String name, int maxLength) {
        return Optional.of(arguments.path(name).asString(""))
                .filter(text -> !text.isBlank())
                .map(text -> text.length() > maxLength ? text.substring(0, maxLength) : text);
    }

    /** Names the action within its call: the same time and length are the same action, whatever else the arguments hold. */
    static String actionName(String function, OffsetDateTime start, int minutes) {
        byte[] digest = Hashing.sha256(Hashing.utf8(start.toInstant() + "/" + minutes));
        return function + ":" + HexFormat.of().formatHex(digest, 0, 8);
    }
}
