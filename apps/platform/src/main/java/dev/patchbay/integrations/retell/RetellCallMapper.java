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
final class RetellCallMapper {

    /** The end of the year 9999, beyond which neither a database nor ISO-8601 follows. */
    private static final long MAX_MILLIS = 253_402_300_799_999L;

    /** Before and behind the point; a number with more is no time, no price and no duration. */
    private static final int MAX_DIGITS = 40;

    private RetellCallMapper() {}

    /** What is known while the phone still rings, and stays so: the same whenever the call is looked at. */
    static ObjectNode mapStarted(JsonNode call) {
        ObjectNode ours = Json.object();
        copyText(call, "call_id", ours, "id");
        copyPhone(call, "from_number", ours, "from");
        copyPhone(call, "to_number", ours, "to");
        copyText(call, "direction", ours, "direction");
        copyText(call, "agent_id", ours, "agentId");
        findNumber(call, "agent_version").ifPresent(it -> ours.put("agentVersion", it));
        findTimestamp(call, "start_timestamp").ifPresent(it -> ours.put("startedAt", it.toString()));
        return ours;
    }

    /** A call that is still going on, with what was said in it. */
    static ObjectNode mapOngoing(JsonNode call) {
        ObjectNode ours = mapStarted(call);
        copyText(call, "transcript", ours, "transcript");
        return ours;
    }

    /** All but the analysis, which comes later. */
    static ObjectNode mapEnded(JsonNode call) {
        ObjectNode ours = mapOngoing(call);
        findTimestamp(call, "end_timestamp").ifPresent(it -> ours.put("endedAt", it.toString()));
        findNumber(call, "duration_ms")
                .filter(it -> it.signum() >= 0)
                .ifPresent(it -> ours.put("durationSeconds", withoutExponent(it.movePointLeft(3))));
        copyText(call, "disconnection_reason", ours, "disconnectReason");
        copyText(call, "recording_url", ours, "recordingUrl");
        findObject(call, "call_cost").ifPresent(it -> ours.set("cost", mapCost(it)));
        return ours;
    }

    static ObjectNode mapAnalyzed(JsonNode call) {
        ObjectNode ours = mapEnded(call);
        findObject(call, "call_analysis").ifPresent(it -> ours.set("analysis", mapAnalysis(it)));
        return ours;
    }

    /**
     * Where to, and how, a call is handed on. Retell says it beside the call while it happens and in the call afterwards, as
     * an address or as an object with one.
     */
    static ObjectNode mapTransfer(JsonNode payload) {
        ObjectNode ours = Json.object();
        Stream.of("", "/call")
                .map(holder -> payload.at(holder + "/transfer_destination"))
                .flatMap(it -> Stream.of(it, it.path("number"), it.path("sip_uri")))
                .filter(JsonNode::isString)
                .findFirst()
                .ifPresent(it -> ours.put("to", e164OrAsWritten(it.stringValue())));
        Stream.of("", "/call")
                .map(holder -> payload.at(holder + "/transfer_option"))
                .flatMap(it -> Stream.of(it, it.path("type")))
                .filter(JsonNode::isString)
                .findFirst()
                .ifPresent(it -> ours.set("option", it));
        findTimestamp(payload.path("call"), "transfer_end_timestamp")
                .ifPresent(it -> ours.put("endedAt", it.toString()));
        return ours;
    }

    /** The person at the other end: who called in, or who was called; E.164. */
    static Optional<String> findCaller(JsonNode call) {
        return findE164(call, isOutbound(call) ? "to_number" : "from_number");
    }

    /** The number that is the client's: which was called, or from which was called; E.164. A web call has none. */
    static Optional<String> findClientNumber(JsonNode call) {
        return findE164(call, isOutbound(call) ? "from_number" : "to_number");
    }

    private static boolean isOutbound(JsonNode call) {
        return call.path("direction").asString("").equals("outbound");
    }

    private static Optional<String> findE164(JsonNode call, String end) {
        return PhoneNumber.read(call.path(end).asString("")).map(PhoneNumber::e164);
    }

    /** Retell counts milliseconds since 1970. */
    static Optional<Instant> findTimestamp(JsonNode call, String name) {
        return findNumber(call, name)
                .map(BigDecimal::longValue)
                .filter(it -> it >= 0 && it <= MAX_MILLIS)
                .map(Instant::ofEpochMilli);
    }

    private static ObjectNode mapAnalysis(JsonNode analysis) {
        ObjectNode ours = Json.object();
        copyText(analysis, "call_summary", ours, "summary");
        copyText(analysis, "user_sentiment", ours, "sentiment");
        copyBoolean(analysis, "call_successful", ours, "successful");
        copyBoolean(analysis, "in_voicemail", ours, "voicemail");
        findObject(analysis, "custom_analysis_data").ifPresent(it -> ours.set("custom", it));
        return ours;
    }

    private static ObjectNode mapCost(JsonNode cost) {
        ObjectNode ours = Json.object();
        ours.put("amount", readDollars(cost, "combined_cost")).put("currency", "USD");
        ArrayNode items = ours.putArray("items");
        cost.path("product_costs")
                .forEach(it -> items.addObject()
                        .put("product", it.path("product").asString(""))
                        .put("amount", readDollars(it, "cost")));
        return ours;
    }

    /** Retell states fractional cents; no digit is lost. */
    private static String readDollars(JsonNode holder, String name) {
        BigDecimal cents = findNumber(holder, name).orElse(BigDecimal.ZERO);
        return withoutExponent(cents.movePointLeft(2)).toPlainString();
    }

    private static BigDecimal withoutExponent(BigDecimal number) {
        BigDecimal shortest = number.stripTrailingZeros();
        return shortest.scale() < 0 ? shortest.setScale(0) : shortest;
    }

    private static Optional<BigDecimal> findNumber(JsonNode from, String name) {
        return Optional.of(from.path(name))
                .filter(JsonNode::isNumber)
                .map(JsonNode::decimalValue)
                .filter(it -> it.precision() - it.scale() <= MAX_DIGITS && it.scale() <= MAX_DIGITS);
    }

    private static Optional<JsonNode> findObject(JsonNode from, String name) {
        return Optional.of(from.path(name)).filter(JsonNode::isObject);
    }

    private static void copyText(JsonNode from, String name, ObjectNode to, String ours) {
        Optional.of(from.path(name)).filter(JsonNode::isString).ifPresent(it -> to.set(ours, it));
    }

    private static void copyBoolean(JsonNode from, String name, ObjectNode to, String ours) {
        Optional.of(from.path(name)).filter(JsonNode::isBoolean).ifPresent(it -> to.set(ours, it));
    }

    private static void copyPhone(JsonNode from, String name, ObjectNode to, String ours) {
        Optional.of(from.path(name))
                .filter(JsonNode::isString)
                .map(JsonNode::stringValue)
                .ifPresent(it -> to.put(ours, e164OrAsWritten(it)));
    }

    /** E.164 where it can be read as such; a caller may also be {@code anonymous}. */
    private static String e164OrAsWritten(String written) {
        return PhoneNumber.read(written).map(PhoneNumber::e164).orElse(written);
    }
}
