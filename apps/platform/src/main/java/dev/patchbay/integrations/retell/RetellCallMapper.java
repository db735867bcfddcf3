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
 * Maps Retell's call object to the canonical one (Retell API, "Get Call"; {@code contracts/events}). Members that are missing or
 * of another type than documented are left out: Retell's own samples do not match its documented types.
 */
final class RetellCallMapper {

    /** The end of the year 9999, the last that ISO-8601 and PostgreSQL's timestamps share. */
    private static final long MAX_MILLIS = 253_402_300_799_999L;

    /** Limit of digits before and after the decimal point; a number with more is not a time, a price or a duration. */
    private static final int MAX_DIGITS = 40;

    private RetellCallMapper() {}

    /** Members that are fixed when the call starts, so that they are the same at every later read. */
    static ObjectNode mapStarted(JsonNode call) {
        ObjectNode ours = Json.object();
        copyText(call, "call_id", ours, "id");
        copyPhone(call, "from_number", ours, "from");
        copyPhone(call, "to_number", ours, "to");
        copyText(call, "direction", ours, "direction");
        ours.set("person", new RetellPerson(call).mapStarted());
        copyText(call, "agent_id", ours, "agentId");
        findNumber(call, "agent_version").ifPresent(it -> ours.put("agentVersion", it));
        findTimestamp(call, "start_timestamp").ifPresent(it -> ours.put("startedAt", it.toString()));
        return ours;
    }

    /** A call in progress, with its transcript so far. */
    static ObjectNode mapOngoing(JsonNode call) {
        ObjectNode ours = mapStarted(call);
        copyText(call, "transcript", ours, "transcript");
        return ours;
    }

    /** An ended call, without the analysis, which follows later. */
    static ObjectNode mapEnded(JsonNode call) {
        ObjectNode ours = mapOngoing(call);
        ours.set("person", new RetellPerson(call).mapEnded());
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
        ours.set("person", new RetellPerson(call).mapAnalyzed());
        findObject(call, "call_analysis").ifPresent(it -> ours.set("analysis", mapAnalysis(it)));
        findObject(call, "llm_token_usage").ifPresent(it -> ours.set("llm", mapTokenUsage(it)));
        return ours;
    }

    /** The model's requests during the call, and how many tokens went into one on average. */
    private static ObjectNode mapTokenUsage(JsonNode usage) {
        ObjectNode ours = Json.object();
        findNumber(usage, "average")
                .filter(it -> it.signum() >= 0)
                .ifPresent(it -> ours.put("averageTokens", withoutExponent(it)));
        findNumber(usage, "num_requests")
                .filter(it -> it.signum() >= 0)
                .ifPresent(it -> ours.put("requests", it.longValue()));
        return ours;
    }

    /**
     * The destination and kind of a transfer. Retell sends them beside the call during the transfer and in the call afterwards, as
     * an address or as an object with an address.
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

    /** From Unix milliseconds. */
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

    /** From fractional cents, without loss of digits. */
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

    /** E.164 where the number can be parsed; a caller may also be {@code anonymous}. */
    private static String e164OrAsWritten(String written) {
        return PhoneNumber.read(written).map(PhoneNumber::e164).orElse(written);
    }
}
