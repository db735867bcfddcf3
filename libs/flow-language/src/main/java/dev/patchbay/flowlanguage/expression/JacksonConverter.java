package dev.patchbay.flowlanguage.expression;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Converts trees between Jackson 2, which the jq library uses, and Jackson 3, without serialising them to text. */
final class JacksonConverter {

    /** Well below the nesting that JSON parsers accept, so that each result can be stored and parsed again. */
    private static final int MAX_DEPTH = 200;

    private static final JsonNodeFactory JACKSON_2 = JsonNodeFactory.instance;
    private static final tools.jackson.databind.node.JsonNodeFactory JACKSON_3 =
            tools.jackson.databind.node.JsonNodeFactory.instance;

    private JacksonConverter() {}

    static com.fasterxml.jackson.databind.JsonNode toJq(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> {
                var copy = JACKSON_2.objectNode();
                for (Map.Entry<String, JsonNode> entry : node.properties()) {
                    copy.set(entry.getKey(), toJq(entry.getValue()));
                }
                yield copy;
            }
            case ARRAY -> {
                var copy = JACKSON_2.arrayNode(node.size());
                for (JsonNode item : node) {
                    copy.add(toJq(item));
                }
                yield copy;
            }
            case STRING -> JACKSON_2.textNode(node.stringValue());
            case BOOLEAN -> JACKSON_2.booleanNode(node.booleanValue());
            case NUMBER ->
                node.canConvertToExactIntegral() && node.canConvertToLong()
                        ? JACKSON_2.numberNode(node.longValue())
                        : JACKSON_2.numberNode(node.doubleValue());
            default -> JACKSON_2.nullNode();
        };
    }

    static JsonNode fromJq(com.fasterxml.jackson.databind.JsonNode node) {
        return fromJq(node, 0);
    }

    private static JsonNode fromJq(com.fasterxml.jackson.databind.JsonNode node, int depth) {
        if (depth > MAX_DEPTH) {
            throw new ExpressionRejected("It nests values more than 200 levels deep.");
        }
        return switch (node.getNodeType()) {
            case OBJECT -> {
                ObjectNode copy = JACKSON_3.objectNode();
                for (var entry : node.properties()) {
                    copy.set(replaceSurrogates(entry.getKey()), fromJq(entry.getValue(), depth + 1));
                }
                yield copy;
            }
            case ARRAY -> {
                ArrayNode copy = JACKSON_3.arrayNode(node.size());
                for (var item : node) {
                    copy.add(fromJq(item, depth + 1));
                }
                yield copy;
            }
            case STRING -> JACKSON_3.stringNode(replaceSurrogates(node.textValue()));
            case BOOLEAN -> JACKSON_3.booleanNode(node.booleanValue());
            case NUMBER -> number(node);
            default -> JACKSON_3.nullNode();
        };
    }

    /** Replaces an unpaired surrogate, which UTF-8 cannot encode, by U+FFFD, as jq does. */
    private static String replaceSurrogates(String text) {
        if (text.codePoints().noneMatch(JacksonConverter::isUnpairedSurrogate)) {
            return text;
        }
        int[] whole = text.codePoints()
                .map(it -> isUnpairedSurrogate(it) ? 0xFFFD : it)
                .toArray();
        return new String(whole, 0, whole.length);
    }

    private static boolean isUnpairedSurrogate(int character) {
        return Character.getType(character) == Character.SURROGATE;
    }

    /** jq computes in doubles: 15.0 becomes 15, and NaN and infinity, which JSON cannot represent, become null, as jq prints them. */
    private static JsonNode number(com.fasterxml.jackson.databind.JsonNode node) {
        double value = node.doubleValue();
        boolean whole = node.isIntegralNumber() || (value == Math.rint(value) && Math.abs(value) < 0x1p53);
        if (whole) {
            // int where it suffices, as JSON parsers do, so that equal numbers are equal nodes.
            return node.canConvertToInt()
                    ? JACKSON_3.numberNode(node.intValue())
                    : JACKSON_3.numberNode(node.longValue());
        }
        return Double.isFinite(value) ? JACKSON_3.numberNode(value) : JACKSON_3.nullNode();
    }
}
