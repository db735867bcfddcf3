package dev.patchbay.testing;

import dev.patchbay.kernel.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Random changes to JSON: members are removed, retyped or added. */
final class Mutations {

    static final String[] FORM_JUNK = {
        "", "%00", "-1", "99999999999999", "%", "%zz", "a+b", "%F0%9F%98%80", "x".repeat(300)
    };

    private static final String[] JSON_JUNK = {
        "null",
        "true",
        "\"\"",
        "\"junk with blanks\"",
        "-1",
        "0",
        "1e300",
        "1e-300",
        "123456789012345678901234567890",
        "9223372036854775807",
        "0.5",
        "[]",
        "{}",
        "[1,\"a\",null,{}]",
        "{\"id\":7,\"number\":[],\"type\":{}}",
        "\"+1\"",
        "\"\\u0000\\ud83d\"",
        "\"" + "y".repeat(5000) + "\""
    };

    private Mutations() {}

    static void change(JsonNode root, Random random) {
        List<JsonNode> containers = new ArrayList<>();
        collect(root, containers);
        JsonNode container = containers.get(random.nextInt(containers.size()));
        JsonNode junk = Json.read(JSON_JUNK[random.nextInt(JSON_JUNK.length)]);
        if (container instanceof ObjectNode object) {
            List<String> names = new ArrayList<>(object.propertyNames());
            String name = names.isEmpty() ? "new" : names.get(random.nextInt(names.size()));
            switch (random.nextInt(3)) {
                case 0 -> object.remove(name);
                case 1 -> object.set(name, junk);
                default -> object.set("unknown_" + random.nextInt(100), junk);
            }
        } else if (container instanceof ArrayNode array) {
            array.add(junk);
        }
    }

    private static void collect(JsonNode node, List<JsonNode> containers) {
        if (node.isContainer()) {
            containers.add(node);
            node.forEach(child -> collect(child, containers));
        }
    }
}
