package dev.patchbay.prompts.format;

import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a file writes texts that would mean something in it: {@code [[name]]} has a backslash before it, one more than it has of its
 * own; a text of the front matter that begins with {@code %} begins with {@code %%}.
 */
final class Escapes {

    /**
     * A variable, or a text that looks like one: the backslashes before it, then its name. A search begins at the first of several
     * backslashes only, so that a text of many takes no longer than another.
     */
    static final Pattern VARIABLE = Pattern.compile("(?<!\\\\)(\\\\*+)\\[\\[([a-z][a-z0-9_]{0,62})]]");

    private Escapes() {}

    static String escapeVariables(String text) {
        return VARIABLE.matcher(text).replaceAll("\\\\$1[[$2]]");
    }

    static String escapeMember(String text) {
        return escapeDirective(escapeVariables(text));
    }

    static String escapeDirective(String text) {
        return text.startsWith("%") ? "%" + text : text;
    }

    /** The tree with each text changed; members that are null are left out. */
    static JsonNode mapTexts(JsonNode value, UnaryOperator<String> change) {
        if (value instanceof ObjectNode object) {
            ObjectNode mapped = JsonNodeFactory.instance.objectNode();
            object.properties().forEach(member -> {
                if (!member.getValue().isNull()) {
                    mapped.set(member.getKey(), mapTexts(member.getValue(), change));
                }
            });
            return mapped;
        }
        if (value instanceof ArrayNode array) {
            ArrayNode mapped = JsonNodeFactory.instance.arrayNode();
            array.forEach(element -> mapped.add(mapTexts(element, change)));
            return mapped;
        }
        return value.isString() ? JsonNodeFactory.instance.stringNode(change.apply(value.asString())) : value;
    }
}
