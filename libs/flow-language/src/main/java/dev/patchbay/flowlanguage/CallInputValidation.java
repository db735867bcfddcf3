package dev.patchbay.flowlanguage;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.PathType;
import dev.patchbay.flowlanguage.expression.Expression;
import dev.patchbay.flowlanguage.expression.ExpressionFailed;
import dev.patchbay.flowlanguage.expression.ValuePath;
import dev.patchbay.flowlanguage.source.SourceTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Validates a call's {@code with} against the function's input schema. An expression may yield anything, unless it is constant. */
final class CallInputValidation {

    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemaRegistryConfig(SchemaRegistryConfig.builder()
                    .pathType(PathType.JSON_POINTER)
                    .build()));
    private static final Map<JsonNode, Schema> SCHEMAS = new ConcurrentHashMap<>();

    private final Problems problems;

    CallInputValidation(Problems problems) {
        this.problems = problems;
    }

    /** @param pointer JSON pointer to the call's task */
    void check(Function function, JsonNode body, String pointer) {
        String inputPointer = body.has("with") ? pointer + "/with" : pointer;
        JsonNode with = evaluateConstants(body.has("with") ? body.path("with") : JsonNodeFactory.instance.objectNode());
        Schema schema = SCHEMAS.computeIfAbsent(function.input(), REGISTRY::getSchema);
        for (Error error : schema.validate(with)) {
            String at = error.getInstanceLocation().toString();
            if (!error.getEvaluationPath().toString().contains("/anyOf/") && !holdsExpression(with.at(at))) {
                reportViolation(function, error, at, inputPointer);
            }
        }
        checkAlternatives(function, with, inputPointer);
    }

    /** Checks that one of several alternative members is present, such as phone or email. */
    private void checkAlternatives(Function function, JsonNode with, String inputPointer) {
        List<String> names = new ArrayList<>();
        function.input()
                .path("anyOf")
                .forEach(choice -> names.add(choice.at("/required/0").asString()));
        if (!names.isEmpty() && names.stream().noneMatch(with::hasNonNull)) {
            problems.add(
                    inputPointer,
                    "missing_input",
                    "%s requires “%s”.".formatted(function.name(), String.join("” or “", names)),
                    null);
        }
    }

    private void reportViolation(Function function, Error error, String at, String inputPointer) {
        List<String> members = membersOf(at);
        String subject = members.isEmpty() ? function.name() : describeInput(members);
        switch (error.getKeyword()) {
            case "required" ->
                problems.add(
                        inputPointer + at,
                        "missing_input",
                        "%s requires “%s”.".formatted(subject, error.getProperty()),
                        null);
            case "additionalProperties" -> {
                String word = String.valueOf(error.getProperty());
                problems.add(
                        SourceTree.child(inputPointer + at, word),
                        "unknown_input",
                        "%s does not accept “%s”.".formatted(subject, word),
                        Suggestions.didYouMeanOrList(
                                word,
                                SchemaShapes.schemaAt(function.input(), members)
                                        .path("properties")
                                        .propertyNames(),
                                "It accepts"));
            }
            default -> {
                String format = SchemaShapes.schemaAt(function.input(), members)
                        .path("description")
                        .asString("");
                boolean wrongFormat = error.getKeyword().equals("pattern") && !format.isEmpty();
                problems.add(
                        inputPointer + at,
                        "bad_input",
                        "%s %s.".formatted(subject, requirement(error)),
                        wrongFormat ? "Expected: %s.".formatted(format) : null);
            }
        }
    }

    private static String describeInput(List<String> members) {
        boolean entry = members.getLast().equals(ValuePath.ITEM);
        String name = "“" + members.get(entry ? members.size() - 2 : members.size() - 1) + "”";
        return entry ? "An entry of " + name : name;
    }

    private static List<String> membersOf(String pointer) {
        List<String> members = new ArrayList<>();
        for (String step : pointer.split("/", -1)) {
            members.add(step.matches("\\d+") ? ValuePath.ITEM : step);
        }
        return members.subList(1, members.size());
    }

    private static String requirement(Error error) {
        JsonNode rule = error.getSchemaNode();
        return switch (error.getKeyword()) {
            case "type" -> "must be " + SchemaValidation.describeTypes(rule).replaceFirst(" or null$", "");
            case "pattern" -> "has the wrong format";
            case "minimum" -> "must be at least " + rule;
            case "maximum" -> "must be at most " + rule;
            case "minLength" -> "must not be empty";
            case "maxLength" -> "must have at most " + rule + " characters";
            case "maxItems" -> "must have at most " + rule + " entries";
            default -> "is not valid";
        };
    }

    /** True for an expression, and for text that was probably meant as one. */
    private static boolean holdsExpression(JsonNode value) {
        return value.isString() && value.stringValue().contains("${");
    }

    /** Copies the tree and replaces each constant expression by its value. */
    private static JsonNode evaluateConstants(JsonNode node) {
        if (node.isObject()) {
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            node.properties().forEach(entry -> copy.set(entry.getKey(), evaluateConstants(entry.getValue())));
            return copy;
        }
        if (node.isArray()) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            node.forEach(item -> copy.add(evaluateConstants(item)));
            return copy;
        }
        JsonNode value = constantValue(node);
        return value == null ? node : value;
    }

    private static @Nullable JsonNode constantValue(JsonNode node) {
        if (!node.isString() || !Expression.isDelimited(node.stringValue())) {
            return null;
        }
        try {
            Expression expression = Expression.compile(node.stringValue());
            return expression.isConstant() ? expression.evaluate(JsonNodeFactory.instance.nullNode(), Map.of()) : null;
        } catch (ExpressionFailed failed) {
            return null; // ExpressionValidation reports it, or the run does.
        }
    }
}
