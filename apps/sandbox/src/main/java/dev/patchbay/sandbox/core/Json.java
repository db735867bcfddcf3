package dev.patchbay.sandbox.core;

import java.util.Collection;
import java.util.Optional;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** JSON as trees: vendors add members without notice, so the stand-ins bind none to Java types. */
public final class Json {

    /** Decimals keep their digits: amounts of money are among them. */
    public static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private Json() {}

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    public static ArrayNode array(Collection<? extends JsonNode> nodes) {
        return MAPPER.createArrayNode().addAll(nodes);
    }

    /**
     * Parses a JSON object; blank text is an empty object.
     *
     * @throws tools.jackson.core.JacksonException when the text is anything else
     */
    public static ObjectNode parse(String text) {
        return text.isBlank() ? object() : MAPPER.readValue(text, ObjectNode.class);
    }

    /** Returns the member as text; the empty string when it is absent or null. */
    public static String text(JsonNode node, String member) {
        return find(node, member).orElse("");
    }

    /** Returns the member as text; empty when it is absent or null. */
    public static Optional<String> find(JsonNode node, String member) {
        JsonNode value = node.path(member);
        return value.isMissingNode() || value.isNull() ? Optional.empty() : Optional.of(value.asString());
    }
}
