package dev.patchbay.integrations.retell;

import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.PhoneNumber;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Retell's call in our words ({@code contracts/events}). What is missing or of another type than documented is left out:
 * Retell's own samples do not fit its own types.
 */
final class RetellCall {

    private RetellCall() {}

    static ObjectNode canonical(JsonNode call) {
        ObjectNode ours = Json.object();
        text(call, "call_id", ours, "id");
        phone(call, "from_number", ours, "from");
        phone(call, "to_number", ours, "to");
        text(call, "direction", ours, "direction");
        text(call, "agent_id", ours, "agentId");
        number(call, "agent_version").ifPresent(it -> ours.put("agentVersion", it));
        moment(call, "start_timestamp").ifPresent(it -> ours.put("startedAt", it.toString()));
        moment(call, "end_timestamp").ifPresent(it -> ours.put("endedAt", it.toString()));
        number(call, "duration_ms").ifPresent(it -> ours.put("durationSeconds", plain(it.movePointLeft(3))));
        text(call, "disconnection_reason", ours, "disconnectReason");
        text(call, "transcript", ours, "transcript");
        text(call, "recording_url", ours, "recordingUrl");
        object(call, "call_analysis").ifPresent(it -> ours.set("analysis", analysis(it)));
        object(call, "call_cost").ifPresent(it -> ours.set("cost", cost(it)));
        ObjectNode data = Json.object();
        data.set("call", ours);
        return data;
    }

    /** The person at the other end: who called in, or who was called; E.164. */
    static Optional<String> caller(JsonNode call) {
        String end = call.path("direction").asString("").equals("outbound") ? "to_number" : "from_number";
        return PhoneNumber.read(call.path(end).asString("")).map(PhoneNumber::e164);
    }

    /** Retell counts milliseconds since 1970. */
    static Optional<Instant> moment(JsonNode call, String name) {
        return number(call, name).map(it -> Instant.ofEpochMilli(it.longValue()));
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
        return Optional.of(from.path(name)).filter(JsonNode::isNumber).map(JsonNode::decimalValue);
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

    /** E.164 where it can be read as such; a caller may also be {@code anonymous}. */
    private static void phone(JsonNode from, String name, ObjectNode to, String ours) {
        Optional.of(from.path(name))
                .filter(JsonNode::isString)
                .map(JsonNode::stringValue)
                .ifPresent(it ->
                        to.put(ours, PhoneNumber.read(it).map(PhoneNumber::e164).orElse(it)));
    }
}
