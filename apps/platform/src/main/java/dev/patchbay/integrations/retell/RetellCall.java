package dev.patchbay.integrations.retell;

import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.PhoneNumber;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Retell's call in our words ({@code contracts/events}). What is missing or of another type than documented is left out:
 * Retell's own samples do not fit its own types.
 */
final class RetellCall {

    /** The end of the year 9999, beyond which neither a database nor ISO-8601 follows. */
    private static final long LATEST_MILLIS = 253_402_300_799_999L;

    /** Before and behind the point; a number with more is no time, no price and no duration. */
    private static final int MOST_DIGITS = 40;

    private RetellCall() {}

    /** What is known while the phone still rings, and stays so: the same whenever the call is looked at. */
    static ObjectNode atStart(JsonNode call) {
        ObjectNode ours = Json.object();
        text(call, "call_id", ours, "id");
        phone(call, "from_number", ours, "from");
        phone(call, "to_number", ours, "to");
        text(call, "direction", ours, "direction");
        text(call, "agent_id", ours, "agentId");
        number(call, "agent_version").ifPresent(it -> ours.put("agentVersion", it));
        moment(call, "start_timestamp").ifPresent(it -> ours.put("startedAt", it.toString()));
        return ours;
    }

    /** A call that is still going on, with what was said in it. */
    static ObjectNode soFar(JsonNode call) {
        ObjectNode ours = atStart(call);
        text(call, "transcript", ours, "transcript");
        return ours;
    }

    /** All but the analysis, which comes later. */
    static ObjectNode atEnd(JsonNode call) {
        ObjectNode ours = soFar(call);
        moment(call, "end_timestamp").ifPresent(it -> ours.put("endedAt", it.toString()));
        number(call, "duration_ms")
                .filter(it -> it.signum() >= 0)
                .ifPresent(it -> ours.put("durationSeconds", plain(it.movePointLeft(3))));
        text(call, "disconnection_reason", ours, "disconnectReason");
        text(call, "recording_url", ours, "recordingUrl");
        object(call, "call_cost").ifPresent(it -> ours.set("cost", cost(it)));
        return ours;
    }

    static ObjectNode analyzed(JsonNode call) {
        ObjectNode ours = atEnd(call);
        object(call, "call_analysis").ifPresent(it -> ours.set("analysis", analysis(it)));
        return ours;
    }

    /**
     * Where to, and how, a call is handed on. Retell says it beside the call while it happens and in the call afterwards, as
     * an address or as an object with one.
     */
    static ObjectNode transfer(JsonNode payload) {
        ObjectNode ours = Json.object();
        Stream.of("", "/call")
                .map(holder -> payload.at(holder + "/transfer_destination"))
                .flatMap(it -> Stream.of(it, it.path("number"), it.path("sip_uri")))
                .filter(JsonNode::isString)
                .findFirst()
                .ifPresent(it -> ours.put("to", e164(it.stringValue())));
        Stream.of("", "/call")
                .map(holder -> payload.at(holder + "/transfer_option"))
                .flatMap(it -> Stream.of(it, it.path("type")))
                .filter(JsonNode::isString)
                .findFirst()
                .ifPresent(it -> ours.set("option", it));
        moment(payload.path("call"), "transfer_end_timestamp").ifPresent(it -> ours.put("endedAt", it.toString()));
        return ours;
    }

    /** The person at the other end: who called in, or who was called; E.164. */
    static Optional<String> caller(JsonNode call) {
        return e164(call, outbound(call) ? "to_number" : "from_number");
    }

    /** The number that is the client's: which was called, or from which was called; E.164. A web call has none. */
    static Optional<String> ourNumber(JsonNode call) {
        return e164(call, outbound(call) ? "from_number" : "to_number");
    }

    private static boolean outbound(JsonNode call) {
        return call.path("direction").asString("").equals("outbound");
    }

    private static Optional<String> e164(JsonNode call, String end) {
        return PhoneNumber.read(call.path(end).asString("")).map(PhoneNumber::e164);
    }

    /** Retell counts milliseconds since 1970. */
    static Optional<Instant> moment(JsonNode call, String name) {
        return number(call, name)
                .map(BigDecimal::longValue)
                .filter(it -> it >= 0 && it <= LATEST_MILLIS)
                .map(Instant::ofEpochMilli);
    }

    private static ObjectNode analysis(JsonNode analysis) {
        ObjectNode ours = Json.object();
        text(analysis, "call_summary", ours, "summary");
        text(analysis, "user_sentiment", ours, "sentiment");
        truth(analysis, "call_successful", ours, "successful");
        truth(analysis, "in_voicemail", ours, "voicemail");
        object(analysis, "custom_analysis_data").ifPresent(it -> ours.set("custom", it));
        return ours;
    }

    private static ObjectNode cost(JsonNode cost) {
        ObjectNode ours = Json.object();
        ours.put("amount", dollars(cost, "combined_cost")).put("currency", "USD");
        ArrayNode items = ours.putArray("items");
        cost.path("product_costs")
                .forEach(it -> items.addObject()
                        .put("product", it.path("product").asString(""))
                        .put("amount", dollars(it, "cost")));
        return ours;
    }

    /** Retell states fractional cents; no digit is lost. */
    private static String dollars(JsonNode holder, String name) {
        BigDecimal cents = number(holder, name).orElse(BigDecimal.ZERO);
        return plain(cents.movePointLeft(2)).toPlainString();
    }

    private static BigDecimal plain(BigDecimal number) {
        BigDecimal shortest = number.stripTrailingZeros();
        return shortest.scale() < 0 ? shortest.setScale(0) : shortest;
    }

    private static Optional<BigDecimal> number(JsonNode from, String name) {
        return Optional.of(from.path(name))
                .filter(JsonNode::isNumber)
                .map(JsonNode::decimalValue)
                .filter(it -> it.precision() - it.scale() <= MOST_DIGITS && it.scale() <= MOST_DIGITS);
    }

    private static Optional<JsonNode> object(JsonNode from, String name) {
        return Optional.of(from.path(name)).filter(JsonNode::isObject);
    }

    private static void text(JsonNode from, String name, ObjectNode to, String ours) {
        Optional.of(from.path(name)).filter(JsonNode::isString).ifPresent(it -> to.set(ours, it));
    }

    private static void truth(JsonNode from, String name, ObjectNode to, String ours) {
        Optional.of(from.path(name)).filter(JsonNode::isBoolean).ifPresent(it -> to.set(ours, it));
    }

    private static void phone(JsonNode from, String name, ObjectNode to, String ours) {
        Optional.of(from.path(name))
                .filter(JsonNode::isString)
                .map(JsonNode::stringValue)
                .ifPresent(it -> to.put(ours, e164(it)));
    }

    /** E.164 where it can be read as such; a caller may also be {@code anonymous}. */
    private static String e164(String written) {
        return PhoneNumber.read(written).map(PhoneNumber::e164).orElse(written);
    }
}
