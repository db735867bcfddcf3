package dev.patchbay.flowlanguage;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.PathType;
import dev.patchbay.flowlanguage.source.SourceTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** The first gate: our closed JSON Schema, its findings said in a flow author's words. */
final class SchemaValidation {

    private static final JsonNode SCHEMA_JSON = Catalogue.contract("flow.schema.json");
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(
                    SpecificationVersion.DRAFT_2020_12,
                    builder -> builder.schemaRegistryConfig(com.networknt.schema.SchemaRegistryConfig.builder()
                            .pathType(PathType.JSON_POINTER)
                            .build()))
            .getSchema(SchemaLocation.of("https://patchbay.dev/contracts/flow.schema.json"), SCHEMA_JSON);

    /** What the standard has and this profile has not. */
    private static final Set<String> UNSUPPORTED_KEYWORDS = Set.of(
            "for", "fork", "emit", "listen", "run", "use", "every", "cron", "any", "all", "schema", "while", "foreach");

    private SchemaValidation() {}

    static void check(SourceTree source, Problems problems) {
        Set<String> reported = new TreeSet<>();
        List<Error> errors = new ArrayList<>(SCHEMA.validate(source.root()));
        // An unknown keyword also leaves its task without a kind: say the first, which is the cause.
        errors.sort((left, right) -> Integer.compare(priority(left), priority(right)));
        for (Error error : errors) {
            if (reported.add(error.getInstanceLocation().toString()) || priority(error) == 0) {
                report(error, source, problems);
            }
        }
    }

    private static int priority(Error error) {
        return switch (brokenKeyword(error)) {
            case "additionalProperties" -> 0;
            case "oneOf" -> 2;
            default -> 1;
        };
    }

    /** The keyword that was broken; what a branch of a choice finds is about the choice. */
    private static String brokenKeyword(Error error) {
        return error.getEvaluationPath().toString().contains("/oneOf/") ? "oneOf" : error.getKeyword();
    }

    private static void report(Error error, SourceTree source, Problems problems) {
        String path = error.getInstanceLocation().toString();
        String name = "“" + path.substring(path.lastIndexOf('/') + 1) + "”";
        JsonNode value = source.root().at(path);
        String subject = path.isEmpty() ? "The file" : name;
        switch (brokenKeyword(error)) {
            case "additionalProperties" -> reportUnknownKeyword(error, path, problems);
            case "required" -> problems.add(path, "missing", subject + " needs “" + error.getProperty() + "”.", null);
            case "dependentRequired" ->
                problems.add(
                        path,
                        "missing",
                        "“%s” needs “%s” beside it."
                                .formatted(
                                        error.getProperty(),
                                        error.getSchemaNode()
                                                .path(error.getProperty())
                                                .path(0)
                                                .asString()),
                        null);
            case "type" ->
                problems.add(
                        path,
                        "wrong_type",
                        subject + " must be " + describeTypes(error.getSchemaNode()) + ".",
                        typeHint(value));
            case "oneOf" ->
                problems.add(
                        path,
                        "task_kind",
                        "A task says exactly one of call, do, set, switch, wait, raise and try; " + subject
                                + " does not.",
                        null);
            case "propertyNames" ->
                problems.add(
                        path + "/" + String.valueOf(error.getProperty()),
                        "bad_name",
                        "“%s” is not a name that can stand here.".formatted(error.getProperty()),
                        "Letters, digits and underscores, so that $steps.name can reach a task; event attributes are lower-case.");
            default -> problems.add(path, "bad_value", subject + " " + requirement(error, path) + ".", null);
        }
    }

    private static void reportUnknownKeyword(Error error, String parent, Problems problems) {
        String word = String.valueOf(error.getProperty());
        String path = SourceTree.child(parent, word);
        if (UNSUPPORTED_KEYWORDS.contains(word)) {
            problems.add(
                    path,
                    "not_supported",
                    "“%s” is not part of this version of the flow language.".formatted(word),
                    null);
            return;
        }
        String location = error.getSchemaLocation().getFragment().toString();
        JsonNode keywords =
                SCHEMA_JSON.at(location.substring(0, location.lastIndexOf('/'))).path("properties");
        problems.add(
                path,
                "unknown_keyword",
                "“%s” is not a keyword that can stand here.".formatted(word),
                Suggestions.didYouMean(word, keywords.propertyNames()));
    }

    /** What a {@code type} asks for, in words. */
    static String describeTypes(JsonNode type) {
        return type.toString()
                .replaceAll("[\\[\\]\"]", "")
                .replace(",", " or ")
                .replace("string", "text")
                .replace("object", "a mapping")
                .replace("array", "a list")
                .replace("integer", "a whole number")
                .replace("boolean", "true or false");
    }

    private static @org.jspecify.annotations.Nullable String typeHint(JsonNode value) {
        return value.isNumber() ? "Put it in quotes if it is meant as text." : null;
    }

    /** What a value should look like, by the name of the rule it broke. */
    private static String requirement(Error error, String path) {
        String rule = error.getSchemaLocation().getFragment().toString();
        if (rule.contains("/duration/")) {
            return "must be a duration such as PT30S, P1D or {minutes: 5}";
        }
        if (rule.endsWith("/dsl/pattern")) {
            return "must be a 1.0 version of the standard, such as 1.0.3";
        }
        if (rule.endsWith("/version/pattern")) {
            return "must be a semantic version such as 1.0.0";
        }
        if (rule.endsWith("/delimited/pattern") || rule.endsWith("/set/pattern")) {
            return "must be an expression: ${ … }";
        }
        return switch (error.getKeyword()) {
            case "pattern" ->
                path.endsWith("/error/type")
                        ? "must be a URI such as https://example.com/errors/no-slot"
                        : "has a form that cannot stand here";
            case "enum" ->
                "must be one of "
                        + error.getSchemaNode()
                                .toString()
                                .replaceAll("[\\[\\]\"]", "")
                                .replace(",", ", ");
            case "minProperties", "minItems", "minLength" -> "must not be empty";
            case "maxProperties" -> "must hold exactly one entry";
            default -> "is a number out of range";
        };
    }
}
