package dev.patchbay.connections.http;

import dev.patchbay.kernel.Json;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Copies the beginning of a tree: whole members and items, until their texts are longer than allowed. */
final class JsonBeginning {

    /** Each member or item adds at least this many characters to the text, for its comma. */
    private static final int MIN_CHARACTERS = 1;

    private int left;
    private boolean cut;

    /** @param characters the length of the text after which members and items are left out */
    JsonBeginning(int characters) {
        this.left = characters;
    }

    /** Says whether something was left out. */
    boolean isCut() {
        return cut;
    }

    JsonNode of(JsonNode node) {
        if (node.isObject()) {
            ObjectNode object = Json.object();
            for (Map.Entry<String, JsonNode> member : node.properties()) {
                if (isSpent()) {
                    break;
                }
                left -= member.getKey().length();
                object.set(member.getKey(), of(member.getValue()));
            }
            return object;
        }
        if (node.isArray()) {
            ArrayNode array = Json.MAPPER.createArrayNode();
            for (JsonNode item : node) {
                if (isSpent()) {
                    break;
                }
                array.add(of(item));
            }
            return array;
        }
        left -= Math.max(MIN_CHARACTERS, node.asString("").length());
        return node;
    }

    private boolean isSpent() {
        cut |= left <= 0;
        return left <= 0;
    }
}
