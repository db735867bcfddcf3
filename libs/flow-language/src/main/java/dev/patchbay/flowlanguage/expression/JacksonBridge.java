package dev.patchbay.flowlanguage.expression;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** jq speaks Jackson 2, everybody else Jackson 3: copies trees across without a detour through text. */
final class JacksonBridge {

    /** Well below what JSON parsers accept, so that every value can be stored and read again. */
    private static final int DEEPEST = 200;

    private static final JsonNodeFactory OLD = JsonNodeFactory.instance;
    private static final tools.jackson.databind.node.JsonNodeFactory NEW =
            tools.jackson.databind.node.JsonNodeFactory.instance;

    private JacksonBridge() {}

    static com.fasterxml.jackson.databind.JsonNode toJq(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> {
                var copy = OLD.objectNode();
                for (Map.Entry<String, JsonNode> entry : node.properties()) {
                    copy.set(entry.getKey(), toJq(entry.getValue()));
                }
                yield copy;
            }
            case ARRAY -> {
                var copy = OLD.arrayNode(node.size());
                for (JsonNode item : node) {
                    copy.add(toJq(item));
                }
                yield copy;
            }
            case STRING -> OLD.textNode(node.stringValue());
            case BOOLEAN -> OLD.booleanNode(node.booleanValue());
            case NUMBER ->
                node.canConvertToExactIntegral() && node.canConvertToLong()
                        ? OLD.numberNode(node.longValue())
                        : OLD.numberNode(node.doubleValue());
            default -> OLD.nullNode();
        };
    }

    static JsonNode fromJq(com.fasterxml.jackson.databind.JsonNode node) {
        return fromJq(node, 0);
    }

    private static JsonNode fromJq(com.fasterxml.jackson.databind.JsonNode node, int depth) {
        if (depth > DEEPEST) {
            throw new ExpressionRejected("It nests values more than 200 levels deep.");
        }
        return switch (node.getNodeType()) {
            case OBJECT -> {
                ObjectNode copy = NEW.objectNode();
                for (var entry : node.properties()) {
                    copy.set(wellFormed(entry.getKey()), fromJq(entry.getValue(), depth + 1));
                }
                yield copy;
            }
            case ARRAY -> {
                ArrayNode copy = NEW.arrayNode(node.size());
                for (var item : node) {
                    copy.add(fromJq(item, depth + 1));
                }
                yield copy;
            }
            case STRING -> NEW.stringNode(wellFormed(node.textValue()));
            case BOOLEAN -> NEW.booleanNode(node.booleanValue());
            case NUMBER -> number(node);
            default -> NEW.nullNode();
        };
    }

    /** Half of a surrogate pair, which no encoding can write, becomes U+FFFD, as jq has it. */
    private static String wellFormed(String text) {
        if (text.codePoints().noneMatch(JacksonBridge::isHalf)) {
            return text;
        }
        int[] whole = text.codePoints().map(it -> isHalf(it) ? 0xFFFD : it).toArray();
        return new String(whole, 0, whole.length);
    }

    private static boolean isHalf(int character) {
        return Character.getType(character) == Character.SURROGATE;
    }

    /** jq computes in doubles: 15.0 is 15 again, and what JSON cannot hold (NaN, infinity) is null, as jq prints it. */
    private static JsonNode number(com.fasterxml.jackson.databind.JsonNode node) {
        double value = node.doubleValue();
        boolean whole = node.isIntegralNumber() || (value == Math.rint(value) && Math.abs(value) < 0x1p53);
        if (whole) {
            // In the smallest type, as JSON parsers do, so that equal numbers are equal nodes.
            return node.canConvertToInt() ? NEW.numberNode(node.intValue()) : NEW.numberNode(node.longValue());
        }
        return Double.isFinite(value) ? NEW.numberNode(value) : NEW.nullNode();
    }
}
