package dev.patchbay.integrations.stripe;

import dev.patchbay.kernel.Json;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads one of Stripe's objects into ours, member by member. What is missing, null or of another type than documented is left
 * out. Names of theirs are JSON pointers; of several the first that is there counts, for members have moved between versions.
 */
final class StripeObjectReader {

    private static final Pattern CURRENCY = Pattern.compile("[a-z]{3}");

    /** The end of the year 9999, beyond which neither a database nor ISO-8601 follows. */
    private static final long MAX_SECONDS = 253_402_300_799L;

    private final JsonNode theirs;
    private final ObjectNode ours = Json.object();

    StripeObjectReader(JsonNode theirs) {
        this.theirs = theirs;
    }

    StripeObjectReader copyText(String name, String... pointers) {
        at(pointers).filter(JsonNode::isString).findFirst().ifPresent(it -> ours.set(name, it));
        return this;
    }

    /** The id of another object, which may have been expanded. */
    StripeObjectReader copyReference(String name, String... pointers) {
        at(pointers).flatMap(it -> readReference(it).stream()).findFirst().ifPresent(it -> ours.put(name, it));
        return this;
    }

    static Optional<String> readReference(JsonNode node) {
        return Stream.of(node, node.path("id"))
                .filter(JsonNode::isString)
                .map(JsonNode::stringValue)
                .filter(it -> !it.isEmpty())
                .findFirst();
    }

    StripeObjectReader copyBoolean(String name, String pointer) {
        at(pointer).filter(JsonNode::isBoolean).forEach(it -> ours.set(name, it));
        return this;
    }

    StripeObjectReader copyInteger(String name, String pointer) {
        at(pointer).filter(JsonNode::isIntegralNumber).forEach(it -> ours.set(name, it));
        return this;
    }

    /** As the vendor counts it: in the currency's smallest unit, no digit lost. Without a currency it is no money. */
    StripeObjectReader copyMoney(String name, String pointer) {
        Optional<String> currency = Optional.of(theirs.path("currency").asString(""))
                .filter(it -> CURRENCY.matcher(it).matches());
        at(pointer)
                .filter(JsonNode::isIntegralNumber)
                .forEach(amount -> currency.ifPresent(it -> ours.putObject(name)
                        .put("currency", it.toUpperCase(Locale.ROOT))
                        .set("minorUnits", amount)));
        return this;
    }

    StripeObjectReader copyTimestamp(String name, String... pointers) {
        at(pointers)
                .flatMap(it -> readTimestamp(it).stream())
                .findFirst()
                .ifPresent(it -> ours.put(name, it.toString()));
        return this;
    }

    static Optional<Instant> readTimestamp(JsonNode node) {
        return Optional.of(node)
                .filter(it -> it.isIntegralNumber() && it.canConvertToLong())
                .map(JsonNode::longValue)
                .filter(it -> it >= 0 && it <= MAX_SECONDS)
                .map(Instant::ofEpochSecond);
    }

    /** What we, or the agency, wrote on the object; texts only, as Stripe allows. */
    StripeObjectReader copyMetadata() {
        ObjectNode kept = Json.object();
        theirs.path("metadata").properties().stream()
                .filter(it -> it.getValue().isString())
                .forEach(it -> kept.set(it.getKey(), it.getValue()));
        if (!kept.isEmpty()) {
            ours.set("metadata", kept);
        }
        return this;
    }

    private Stream<JsonNode> at(String... pointers) {
        return Stream.of(pointers).map(theirs::at);
    }

    ObjectNode build() {
        return ours;
    }
}
