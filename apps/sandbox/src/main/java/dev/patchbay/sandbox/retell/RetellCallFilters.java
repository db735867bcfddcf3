package dev.patchbay.sandbox.retell;

import dev.patchbay.sandbox.core.Json;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The {@code filter_criteria} of Retell's call lists: arrays and thresholds in v2, typed operators in v3. */
final class RetellCallFilters {

    private RetellCallFilters() {}

    static boolean match(JsonNode criteria, ObjectNode call) {
        for (Map.Entry<String, JsonNode> criterion : criteria.properties()) {
            if (!matches(criterion.getKey(), criterion.getValue(), call)) {
                return false;
            }
        }
        return true;
    }

    /** The start before which no call matches, for a list by start. */
    static long earliestStart(JsonNode criteria) {
        JsonNode start = criteria.path("start_timestamp");
        return switch (Json.text(start, "op")) {
            case "ge", "gt", "eq" -> start.path("value").asLong(0);
            case "bt" -> start.path("value").path(0).asLong(0);
            default -> start.path("lower_threshold").asLong(0);
        };
    }

    private static boolean matches(String member, JsonNode filter, ObjectNode call) {
        if (member.equals("agent")) {
            return containsText(
                    filter.valueStream().map(agent -> agent.path("agent_id")).toList(), call.path("agent_id"));
        }
        JsonNode value = call.has(member)
                ? call.path(member)
                : call.path("call_analysis").path(member);
        if (filter.isArray()) {
            return containsText(filter, value);
        }
        if (filter.has("op")) {
            return matchesOperator(Json.text(filter, "op"), filter.path("value"), value);
        }
        return isBetween(
                filter.path("lower_threshold").asDouble(Double.NEGATIVE_INFINITY),
                filter.path("upper_threshold").asDouble(Double.POSITIVE_INFINITY),
                value);
    }

    private static boolean matchesOperator(String operator, JsonNode operand, JsonNode value) {
        String text = value.asString("");
        return switch (operator) {
            case "in" -> containsText(operand, value);
            case "bt" -> isBetween(operand.path(0).asDouble(), operand.path(1).asDouble(), value);
            case "eq" -> hasSameText(operand, value);
            case "ne" -> !hasSameText(operand, value);
            case "gt" -> value.asDouble() > operand.asDouble();
            case "ge" -> value.asDouble() >= operand.asDouble();
            case "lt" -> value.asDouble() < operand.asDouble();
            case "le" -> value.asDouble() <= operand.asDouble();
            case "sw" -> text.startsWith(operand.asString());
            case "ew" -> text.endsWith(operand.asString());
            case "co" -> text.contains(operand.asString());
            default -> false;
        };
    }

    private static boolean isBetween(double low, double high, JsonNode value) {
        return value.asDouble() >= low && value.asDouble() <= high;
    }

    private static boolean containsText(Iterable<JsonNode> candidates, JsonNode value) {
        for (JsonNode candidate : candidates) {
            if (hasSameText(candidate, value)) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasSameText(JsonNode one, JsonNode other) {
        return one.asString("").equals(other.asString(""));
    }
}
