package dev.patchbay.flowlanguage.source;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A JSON tree and, by JSON pointer, the line (from 1) on which each value's key or list item stands. */
public record SourceTree(JsonNode root, Map<String, Integer> lines) {

    public SourceTree {
        lines = Map.copyOf(lines);
    }

    /** The line of the value, or of the nearest one around it. */
    public int line(String pointer) {
        String place = pointer;
        while (!lines.containsKey(place)) {
            place = place.substring(0, place.lastIndexOf('/'));
        }
        return lines.getOrDefault(place, 1);
    }

    /** One more step of a JSON pointer. */
    public static String child(String pointer, String key) {
        return pointer + "/" + key.replace("~", "~0").replace("/", "~1");
    }
}
