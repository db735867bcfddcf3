package dev.patchbay.sandbox;

import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The filters of Retell's two call lists: plain lists in v2, typed operators in v3. */
final class RetellFilters {

    private RetellFilters() {}

    static boolean match(JsonNode criteria, ObjectNode call) {
        for (Map.Entry<String, JsonNode> criterion : criteria.properties()) {
            if (!holds(criterion.getKey(), criterion.getValue(), call)) {
                return false;
            }
        }
        return true;
    }

    private static boolean holds(String member, JsonNode filter, ObjectNode call) {
        if (member.equals("agent")) {
            return anyOf(
                    filter.valueStream().map(agent -> agent.path("agent_id")).toList(), call.path("agent_id"));
        }
        JsonNode value = call.has(member)
                ? call.path(member)
                : call.path("call_analysis").path(member);
        if (filter.isArray()) {
            return anyOf(filter, value);
        }
        if (filter.has("op")) {
            return typed(Json.text(filter, "op"), filter.path("value"), value);
        }
        return between(
                filter.path("lower_threshold").asDouble(Double.NEGATIVE_INFINITY),
                filter.path("upper_threshold").asDouble(Double.POSITIVE_INFINITY),
                value);
    }

    private static boolean typed(String operator, JsonNode wanted, JsonNode value) {
        String text = value.asString("");
        return switch (operator) {
            case "in" -> anyOf(wanted, value);
            case "bt" -> between(wanted.path(0).asDouble(), wanted.path(1).asDouble(), value);
            case "eq" -> same(wanted, value);
            case "ne" -> !same(wanted, value);
            case "gt" -> value.asDouble() > wanted.asDouble();
            case "ge" -> value.asDouble() >= wanted.asDouble();
            case "lt" -> value.asDouble() < wanted.asDouble();
            case "le" -> value.asDouble() <= wanted.asDouble();
            case "sw" -> text.startsWith(wanted.asString());
            case "ew" -> text.endsWith(wanted.asString());
            case "co" -> text.contains(wanted.asString());
            default -> false;
        };
    }

    private static boolean between(double low, double high, JsonNode value) {
        return value.asDouble() >= low && value.asDouble() <= high;
    }

    private static boolean anyOf(Iterable<JsonNode> wanted, JsonNode value) {
        for (JsonNode one : wanted) {
            if (same(one, value)) {
                return true;
            }
        }
        return false;
    }

    private static boolean same(JsonNode one, JsonNode other) {
        return one.asString("").equals(other.asString(""));
    }
}
