package dev.patchbay.flowlanguage.expression;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A JSON value in which each string of the form <code>${ … }</code> is an expression; every other value stands for itself. */
public final class Template {

    private interface Part {
        JsonNode evaluate(JsonNode input, Map<String, JsonNode> variables);
    }

    private final Part root;

    private Template(Part root) {
        this.root = root;
    }

    /**
     * Compiles each expression in the tree.
     *
     * @throws ExpressionFailed for the first expression that does not compile
     */
    public static Template of(JsonNode tree) {
        return new Template(compile(tree));
    }

    /** A template that consists of one expression. */
    public static Template of(Expression expression) {
        return new Template(expression::evaluate);
    }

    private static Part compile(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> compileObject(node);
            case ARRAY -> compileArray(node);
            case STRING ->
                Expression.isDelimited(node.stringValue())
                        ? Expression.compile(node.stringValue())::evaluate
                        : (_, _) -> node;
            default -> (_, _) -> node;
        };
    }

    private static Part compileObject(JsonNode node) {
        Map<String, Part> parts = new LinkedHashMap<>();
        node.properties().forEach(entry -> parts.put(entry.getKey(), compile(entry.getValue())));
        return (input, variables) -> {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            parts.forEach((key, part) -> object.set(key, part.evaluate(input, variables)));
            return object;
        };
    }

    private static Part compileArray(JsonNode node) {
        List<Part> parts = StreamSupport.stream(node.spliterator(), false)
                .map(Template::compile)
                .toList();
        return (input, variables) -> {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            parts.forEach(part -> array.add(part.evaluate(input, variables)));
            return array;
        };
    }

    /** Returns a tree in which each expression is replaced by its value. Parts without expressions are shared with the template. */
    public JsonNode evaluate(JsonNode input, Map<String, JsonNode> variables) {
        return root.evaluate(input, variables);
    }
}
