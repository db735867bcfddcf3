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
 * Copies members of a Stripe object under canonical names. Members that are missing, null or of another type than documented are
 * left out. Stripe's members are JSON pointers; the first existing one counts, because members have moved between API versions.
 */
final class StripeObjectReader {

    private static final Pattern CURRENCY = Pattern.compile("[a-z]{3}");

    /** The end of the year 9999, the last that ISO-8601 and PostgreSQL's timestamps share. */
    private static final long MAX_SECONDS = 253_402_300_799L;

    private final JsonNode source;
    private final ObjectNode target = Json.object();

    StripeObjectReader(JsonNode source) {
        this.source = source;
    }

    StripeObjectReader copyText(String name, String... pointers) {
        at(pointers).filter(JsonNode::isString).findFirst().ifPresent(it -> target.set(name, it));
        return this;
    }

    /** The id of another object, which may have been expanded. */
    StripeObjectReader copyReference(String name, String... pointers) {
        at(pointers).flatMap(it -> readReference(it).stream()).findFirst().ifPresent(it -> target.put(name, it));
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
        at(pointer).filter(JsonNode::isBoolean).forEach(it -> target.set(name, it));
        return this;
    }

    StripeObjectReader copyInteger(String name, String pointer) {
        at(pointer).filter(JsonNode::isIntegralNumber).forEach(it -> target.set(name, it));
        return this;
    }

    /** In the currency's smallest unit, as Stripe counts, without loss of digits. Left out without a currency. */
    StripeObjectReader copyMoney(String name, String pointer) {
        Optional<String> currency = Optional.of(source.path("currency").asString(""))
                .filter(it -> CURRENCY.matcher(it).matches());
        at(pointer)
                .filter(JsonNode::isIntegralNumber)
                .forEach(amount -> currency.ifPresent(it -> target.putObject(name)
                        .put("currency", it.toUpperCase(Locale.ROOT))
                        .set("minorUnits", amount)));
        return this;
    }

    StripeObjectReader copyTimestamp(String name, String... pointers) {
        at(pointers)
                .flatMap(it -> readTimestamp(it).stream())
                .findFirst()
                .ifPresent(it -> target.put(name, it.toString()));
        return this;
    }

    static Optional<Instant> readTimestamp(JsonNode node) {
        return Optional.of(node)
                .filter(it -> it.isIntegralNumber() && it.canConvertToLong())
                .map(JsonNode::longValue)
                .filter(it -> it >= 0 && it <= MAX_SECONDS)
                .map(Instant::ofEpochSecond);
    }

    /** Key-value pairs that we or the agency attached to the object; texts only ("Metadata"). */
    StripeObjectReader copyMetadata() {
        ObjectNode metadata = Json.object();
        source.path("metadata").properties().stream()
                .filter(it -> it.getValue().isString())
                .forEach(it -> metadata.set(it.getKey(), it.getValue()));
        if (!metadata.isEmpty()) {
            target.set("metadata", metadata);
        }
        return this;
    }

    private Stream<JsonNode> at(String... pointers) {
        return Stream.of(pointers).map(source::at);
    }

    ObjectNode build() {
        return target;
    }
}
