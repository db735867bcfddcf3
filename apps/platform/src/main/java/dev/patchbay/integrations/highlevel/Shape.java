package dev.patchbay.integrations.highlevel;

import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.PhoneNumber;
import java.math.BigDecimal;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One of HighLevel's records, taken over member by member; what is missing or of another type is left out. */
final class Shape {

    private static final long MOST_DIGITS = 100;

    private final JsonNode from;
    private final ObjectNode to = Json.object();

    Shape(JsonNode from) {
        this.from = from;
    }

    Shape text(String theirs, String ours) {
        return member(theirs, ours, it -> it.isString() && !it.asString().isEmpty());
    }

    Shape truth(String theirs, String ours) {
        return member(theirs, ours, JsonNode::isBoolean);
    }

    Shape texts(String theirs, String ours) {
        return member(theirs, ours, it -> it.isArray() && it.valueStream().allMatch(JsonNode::isString));
    }

    Shape list(String theirs, String ours) {
        return member(theirs, ours, JsonNode::isArray);
    }

    private Shape member(String theirs, String ours, Predicate<JsonNode> fits) {
        JsonNode value = from.path(theirs);
        if (fits.test(value)) {
            to.set(ours, value);
        }
        return this;
    }

    /** In UTC: the same moment has one spelling, whoever tells it. */
    Shape moment(String theirs, String ours) {
        Moments.read(from.path(theirs)).ifPresent(at -> to.put(ours, at.toString()));
        return this;
    }

    /** E.164 where it can be read as such. */
    Shape phone(String theirs, String ours) {
        text(theirs, ours);
        PhoneNumber.read(from.path(theirs).asString("")).ifPresent(it -> to.put(ours, it.e164()));
        return this;
    }

    /** A decimal as text; no digit is lost. */
    Shape decimal(String theirs, String ours) {
        JsonNode value = from.path(theirs);
        // An exponent could spell a number longer than any memory.
        if (value.isNumber() && Math.abs((long) value.decimalValue().scale()) <= MOST_DIGITS) {
            BigDecimal shortest = value.decimalValue().stripTrailingZeros();
            to.put(ours, shortest.toPlainString());
        }
        return this;
    }

    Shape put(String ours, String value) {
        if (!value.isEmpty()) {
            to.put(ours, value);
        }
        return this;
    }

    /** The event's data: the record under its name. */
    ObjectNode as(String name) {
        ObjectNode data = Json.object();
        data.set(name, to);
        return data;
    }
}
