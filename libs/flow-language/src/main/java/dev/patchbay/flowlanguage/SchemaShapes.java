package dev.patchbay.flowlanguage;

import dev.patchbay.flowlanguage.expression.Expression;
import dev.patchbay.flowlanguage.expression.ValuePath;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** JSON Schemas of values that exist only at run time, as far as the file tells; the empty schema permits everything. */
final class SchemaShapes {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    static final JsonNode UNKNOWN = JSON.objectNode();

    private static final JsonNode SCALAR = JSON.objectNode().put("type", "string");

    /** Schema of {@code $client}, the client that the flow runs for. */
    static final JsonNode CLIENT = objectWith("id", "name", "timeZone", "settings");

    /** Schema of {@code $workflow}, the run. */
    static final JsonNode WORKFLOW = objectWith("id", "definition", "input");

    /** Schema of {@code $task}, the task that the expression belongs to. */
    static final JsonNode TASK = objectWith("name", "reference", "definition", "input");

    static final JsonNode RUNTIME = objectWith("name");

    /** Schema of {@code $call}, the moments of the event's call in the client's zone. */
    static final JsonNode CALL = objectWith("startedAt", "endedAt", "date", "time", "weekday", "person");

    /**
     * A member that the value cannot have.
     *
     * @param depth how many members precede it in the path
     * @param candidates the members that the value can have there
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

    /** The schema of a template's value: a mapping has exactly the members that the template lists. */
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

    /** The schema of the value at this path of members. */
    static JsonNode schemaAt(JsonNode schema, List<String> members) {
        JsonNode current = schema;
        for (String member : members) {
            current = current.path(member.equals(ValuePath.ITEM) ? "items" : "properties");
            current = member.equals(ValuePath.ITEM) ? current : current.path(member);
        }
        return current;
    }

    /** Finds the first member of the path that the value cannot have; null when it may have all of them. */
    static @Nullable Missing findMissing(JsonNode schema, List<String> members) {
        JsonNode current = schema;
        for (int depth = 0; depth < members.size(); depth++) {
            String member = members.get(depth);
            if (!member.equals(ValuePath.ITEM) && excludes(current, member)) {
                return new Missing(depth, Set.copyOf(current.path("properties").propertyNames()));
            }
            current = schemaAt(current, List.of(member));
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
