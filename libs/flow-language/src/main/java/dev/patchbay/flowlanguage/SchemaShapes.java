package dev.patchbay.flowlanguage;

import dev.patchbay.flowlanguage.expression.Expression;
import dev.patchbay.flowlanguage.expression.ValuePath;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What is known of a value before it is there, as a JSON Schema; an empty one knows nothing. */
final class SchemaShapes {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    static final JsonNode UNKNOWN = JSON.objectNode();

    private static final JsonNode SCALAR = JSON.objectNode().put("type", "string");

    /** The business the flow runs for. */
    static final JsonNode CLIENT = objectWith("id", "name", "timeZone", "settings");

    /**
     * A member that cannot be there.
     *
     * @param depth how many members lead to it
     * @param known which could stand in its place
     */
    record Missing(int depth, Set<String> candidates) {}

    private SchemaShapes() {}

    private static JsonNode objectWith(String... members) {
        ObjectNode properties = JSON.objectNode();
        for (String member : members) {
            properties.set(member, UNKNOWN);
        }
        return closed(properties);
    }

    private static JsonNode closed(ObjectNode properties) {
        return JSON.objectNode().set("properties", properties).put("additionalProperties", false);
    }

    /** What is known of a template's value: its members, where it is a mapping. */
    static JsonNode ofTemplate(JsonNode template) {
        if (template.isObject()) {
            ObjectNode properties = JSON.objectNode();
            template.properties().forEach(entry -> properties.set(entry.getKey(), ofTemplate(entry.getValue())));
            return closed(properties);
        }
        boolean open = template.isArray()
                || template.isMissingNode()
                || (template.isString() && Expression.isDelimited(template.stringValue()));
        return open ? UNKNOWN : SCALAR;
    }

    /** The schema of the value that these members lead to, as far as they are known. */
    static JsonNode schemaAt(JsonNode schema, List<String> members) {
        JsonNode place = schema;
        for (String member : members) {
            place = place.path(member.equals(ValuePath.ITEM) ? "items" : "properties");
            place = member.equals(ValuePath.ITEM) ? place : place.path(member);
        }
        return place;
    }

    /** The first of the members that the value cannot have; null when it may have all of them. */
    static @Nullable Missing findMissing(JsonNode schema, List<String> members) {
        JsonNode place = schema;
        for (int depth = 0; depth < members.size(); depth++) {
            String member = members.get(depth);
            if (!member.equals(ValuePath.ITEM) && excludes(place, member)) {
                return new Missing(depth, Set.copyOf(place.path("properties").propertyNames()));
            }
            place = schemaAt(place, List.of(member));
        }
        return null;
    }

    private static boolean excludes(JsonNode schema, String member) {
        JsonNode type = schema.path("type");
        boolean mapping = type.isMissingNode() || type.toString().contains("\"object\"");
        boolean closed = !schema.path("additionalProperties").asBoolean(true)
                && !schema.path("properties").has(member);
        return !mapping || closed;
    }
}
