package dev.patchbay.effects;

import dev.patchbay.kernel.AbsentText;
import dev.patchbay.kernel.EmailAddress;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.PhoneNumber;
import dev.patchbay.kernel.Redaction;
import dev.patchbay.kernel.time.TimeReader;
import dev.patchbay.kernel.time.TimeReading;
import dev.patchbay.kernel.time.WrittenMinutes;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads one value of an input.
 *
 * @param name the name of the member, for the note
 * @param schema the schema of the member; its {@code format} is {@code phone}, {@code email}, {@code date-time},
 *     {@code date-time-from} or {@code date-time-until}
 */
record ValueReader(String name, JsonNode schema, Locality locality) {

    private static final int MAX_QUOTED_CHARACTERS = 60;

    private static final Set<String> FORMATS_OF_IDENTITY = Set.of("phone", "email");

    /** A member that allows more characters is a text for people and may hold any word; “unknown” never identifies anything. */
    private static final int MAX_IDENTIFYING_LENGTH = 254;

    /**
     * Holds a value that was read.
     *
     * @param value the value; a missing node when there is none
     * @param note a note about a change or an omission
     */
    record Value(JsonNode value, Optional<String> note) {

        static Value unchanged(JsonNode value) {
            return new Value(value, Optional.empty());
        }
    }

    Value read(JsonNode written) {
        if (written.isNull() || schema.isMissingNode()) {
            return Value.unchanged(written);
        }
        if (allows("array")) {
            return readList(written);
        }
        if (allows("integer")) {
            return readInteger(written);
        }
        if (written instanceof ObjectNode members && schema.has("properties")) {
            return readMembers(members);
        }
        return allows("string") && written.isValueNode() ? readText(written) : Value.unchanged(written);
    }

    /** Reads the members of an object; a member that cannot be read is left out, as an optional input is. */
    private Value readMembers(ObjectNode members) {
        ObjectNode read = Json.object();
        var notes = new ArrayList<String>();
        members.properties().forEach(member -> {
            var value = new ValueReader(
                            name + "." + member.getKey(),
                            schema.path("properties").path(member.getKey()),
                            locality)
                    .read(member.getValue());
            value.note().ifPresent(notes::add);
            if (!value.value().isMissingNode()) {
                read.set(member.getKey(), value.value());
            }
        });
        return new Value(read, notes.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", notes)));
    }

    private boolean allows(String type) {
        JsonNode types = schema.path("type");
        return types.asString("").equals(type)
                || types.valueStream().anyMatch(each -> each.asString("").equals(type));
    }

    private Value readText(JsonNode written) {
        String text = written.isNumber()
                ? plain(written.decimalValue())
                : written.asString().strip();
        if (text.isEmpty()) {
            return new Value(MissingNode.getInstance(), Optional.empty());
        }
        if (isIdentifying() && AbsentText.matches(text)) {
            return leftOut(text, "says that there is none");
        }
        return switch (schema.path("format").asString("")) {
            case "phone" -> readPhone(text);
            case "email" ->
                EmailAddress.read(text)
                        .map(address -> changed(text, address.text()))
                        .orElseGet(() -> leftOut(text, "is no e-mail address"));
            case "date-time" -> readTime(text);
            case "date-time-from" ->
                reader().readFrom(text)
                        .map(time -> changed(text, time.toString()))
                        .orElseGet(() -> notATime(text));
            case "date-time-until" ->
                reader().readUntil(text)
                        .map(time -> changed(text, time.toString()))
                        .orElseGet(() -> notATime(text));
            default -> readOther(written, text);
        };
    }

    private boolean isIdentifying() {
        return FORMATS_OF_IDENTITY.contains(schema.path("format").asString(""))
                || schema.path("maxLength").asInt(MAX_IDENTIFYING_LENGTH) <= MAX_IDENTIFYING_LENGTH;
    }

    private static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }

    private Value readPhone(String text) {
        Optional<String> number = PhoneNumber.read(text, locality.country()).map(PhoneNumber::e164);
        if (number.filter(locality.isOwnNumber()).isPresent()) {
            return leftOut(text, "is the client's own number");
        }
        return number.map(it -> changed(text, it)).orElseGet(() -> leftOut(text, "is no number that can be called"));
    }

    private TimeReader reader() {
        return new TimeReader(locality.zone(), locality.locale(), locality.writtenAt());
    }

    private Value readTime(String text) {
        return switch (reader().read(text)) {
            case TimeReading.Moment moment -> changed(text, moment.time().toString());
            case TimeReading.Day day -> leftOut(text, "names a day without a time of day");
            case TimeReading.TimeOfDay time -> leftOut(text, "names a time without a day");
            case TimeReading.Skipped skipped -> leftOut(text, "does not exist: the clocks go forward over it");
            case TimeReading.Doubled doubled -> leftOut(text, "exists twice: the clocks go back over it");
            case TimeReading.Unreadable unreadable -> notATime(text);
        };
    }

    private Value notATime(String text) {
        return leftOut(text, "is no time that can be read");
    }

    /**
     * Reads other texts. A text that is too long is cut if the schema lets the member be absent, because then nothing depends
     * on it.
     */
    private Value readOther(JsonNode written, String text) {
        int max = schema.path("maxLength").asInt(Integer.MAX_VALUE);
        if (text.length() > max && allows("null")) {
            int end = Character.isHighSurrogate(text.charAt(max - 1)) ? max - 1 : max;
            return new Value(
                    Json.tree(text.substring(0, end)),
                    Optional.of("“%s” had %d characters and was cut after %d.".formatted(name, text.length(), end)));
        }
        return written.isString() && text.length() == written.asString().length()
                ? Value.unchanged(written)
                : Value.unchanged(Json.tree(text));
    }

    /** Adds a note to a changed value, except when it is the same moment or number in another notation. */
    private Value changed(String written, String read) {
        boolean same =
                written.equals(read) || written.replaceAll("[\\s()./-]", "").equals(read);
        return new Value(
                Json.tree(read),
                same
                        ? Optional.empty()
                        : Optional.of("“%s” was read as %s from %s.".formatted(name, read, quote(written))));
    }

    private Value leftOut(String written, String why) {
        return new Value(MissingNode.getInstance(), Optional.of("“%s” %s: %s.".formatted(name, why, quote(written))));
    }

    private Value readInteger(JsonNode written) {
        if (written.isNumber()) {
            return Value.unchanged(
                    written.decimalValue().stripTrailingZeros().scale() <= 0
                            ? Json.tree(written.decimalValue().toBigInteger())
                            : written);
        }
        String text = written.asString("").strip();
        if (text.isEmpty()) {
            return new Value(written.isString() ? MissingNode.getInstance() : written, Optional.empty());
        }
        return (text.length() > MAX_QUOTED_CHARACTERS ? Optional.<BigDecimal>empty() : WrittenMinutes.read(text))
                .filter(number -> number.scale() <= 0)
                .map(number -> changed(text, number.toBigInteger()))
                .orElseGet(() -> leftOut(text, "is no whole number"));
    }

    private Value changed(String written, BigInteger read) {
        return new Value(
                Json.tree(read), Optional.of("“%s” was read as %s from %s.".formatted(name, read, quote(written))));
    }

    /** Reads a list, which may be written as one text with commas between its entries; empty entries are left out. */
    private Value readList(JsonNode written) {
        ArrayNode list = Json.MAPPER.createArrayNode();
        if (written.isArray()) {
            written.forEach(entry -> addEntry(list, entry));
        } else if (written.isValueNode()) {
            Arrays.stream(written.asString().split(",", -1)).forEach(entry -> addEntry(list, Json.tree(entry)));
        } else {
            return Value.unchanged(written);
        }
        return Value.unchanged(list);
    }

    private static void addEntry(ArrayNode list, JsonNode entry) {
        if (!entry.isValueNode()) {
            list.add(entry);
        } else if (!entry.isNull() && !entry.asString().isBlank()) {
            list.add(entry.asString().strip());
        }
    }

    private static String quote(String value) {
        String text = Redaction.redact(value);
        return "“" + (text.length() > MAX_QUOTED_CHARACTERS ? text.substring(0, MAX_QUOTED_CHARACTERS) + "…" : text)
                + "”";
    }
}
