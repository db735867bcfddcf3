package dev.patchbay.sandbox;

import java.util.Collection;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** JSON as the stand-ins need it: trees, since every vendor adds members without notice. */
final class Json {

    static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Json() {}

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static ArrayNode array(Collection<? extends JsonNode> nodes) {
        return MAPPER.createArrayNode().addAll(nodes);
    }

    /** An empty body reads as an empty object; anything but an object is refused by the parser. */
    static ObjectNode parse(String text) {
        return text.isBlank() ? object() : MAPPER.readValue(text, ObjectNode.class);
    }

    /** The member as text; empty when it is absent or null. */
    static String text(JsonNode node, String member) {
        return find(node, member).orElse("");
    }

    static Optional<String> find(JsonNode node, String member) {
        JsonNode value = node.path(member);
        return value.isMissingNode() || value.isNull() ? Optional.empty() : Optional.of(value.asString());
    }
}
