package dev.patchbay.integrations.highlevel;

import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.PhoneNumber;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Copies members of a HighLevel record under canonical names; members that are missing or of another type are left out. */
final class HighLevelRecordMapper {

    private static final long MAX_SCALE = 100;

    private final JsonNode from;
    private final ObjectNode to = Json.object();

    HighLevelRecordMapper(JsonNode from) {
        this.from = from;
    }

    HighLevelRecordMapper copyText(String theirs, String ours) {
        return copyIf(theirs, ours, it -> it.isString() && !it.asString().isEmpty());
    }

    HighLevelRecordMapper copyBoolean(String theirs, String ours) {
        return copyIf(theirs, ours, JsonNode::isBoolean);
    }

    HighLevelRecordMapper copyTexts(String theirs, String ours) {
        return copyIf(theirs, ours, it -> it.isArray() && it.valueStream().allMatch(JsonNode::isString));
    }

    HighLevelRecordMapper copyList(String theirs, String ours) {
        return copyIf(theirs, ours, JsonNode::isArray);
    }

    private HighLevelRecordMapper copyIf(String theirs, String ours, Predicate<JsonNode> fits) {
        JsonNode value = from.path(theirs);
        if (fits.test(value)) {
            to.set(ours, value);
        }
        return this;
    }

    /** In UTC, so that a webhook and a list yield the same text. */
    HighLevelRecordMapper copyTimestamp(String theirs, String ours) {
        HighLevelTimestamps.parse(from.path(theirs)).ifPresent(at -> to.put(ours, at.toString()));
        return this;
    }

    /** E.164 where the number can be parsed, else as it is. */
    HighLevelRecordMapper copyPhone(String theirs, String ours) {
        copyText(theirs, ours);
        readPhone(from, from.path(theirs).asString("")).ifPresent(it -> to.put(ours, it.e164()));
        return this;
    }

    /** A decimal as text, without loss of digits. */
    HighLevelRecordMapper copyDecimal(String theirs, String ours) {
        JsonNode value = from.path(theirs);
        // A large exponent would expand to more digits than memory holds.
        if (value.isNumber() && Math.abs((long) value.decimalValue().scale()) <= MAX_SCALE) {
            BigDecimal shortest = value.decimalValue().stripTrailingZeros();
            to.put(ours, shortest.toPlainString());
        }
        return this;
    }

    HighLevelRecordMapper put(String ours, String value) {
        if (!value.isEmpty()) {
            to.put(ours, value);
        }
        return this;
    }

    /** The event's data: the copied record under a name. */
    ObjectNode buildAs(String name) {
        ObjectNode data = Json.object();
        data.set(name, to);
        return data;
    }

    /** A number without a country code is of the contact's country. */
    static Optional<PhoneNumber> readPhone(JsonNode contact, String written) {
        String country = contact.path("country").asString("");
        return country.length() == 2 ? PhoneNumber.read(written, country) : PhoneNumber.read(written);
    }
}
