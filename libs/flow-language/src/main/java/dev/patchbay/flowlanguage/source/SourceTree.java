package dev.patchbay.flowlanguage.source;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A JSON tree with line numbers.
 *
 * @param lines by JSON pointer, the line of each value's key or list item, counted from 1
 */
public record SourceTree(JsonNode root, Map<String, Integer> lines) {

    public SourceTree {
        lines = Map.copyOf(lines);
    }

    /** The line of the value, or of its nearest ancestor that has one. */
    public int line(String pointer) {
        String ancestor = pointer;
        while (!lines.containsKey(ancestor)) {
            ancestor = ancestor.substring(0, ancestor.lastIndexOf('/'));
        }
        return lines.getOrDefault(ancestor, 1);
    }

    /** Appends a key to a JSON pointer (RFC 6901). */
    public static String child(String pointer, String key) {
        return pointer + "/" + key.replace("~", "~0").replace("/", "~1");
    }
}
