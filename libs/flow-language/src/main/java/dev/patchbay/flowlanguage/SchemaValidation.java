package dev.patchbay.flowlanguage;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.PathType;
import dev.patchbay.flowlanguage.source.SourceTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Validates a flow against {@code contracts/flow.schema.json} and explains each violation to the flow's author. */
final class SchemaValidation {

    private static final JsonNode SCHEMA_JSON = Catalogue.contract("flow.schema.json");
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(
                    SpecificationVersion.DRAFT_2020_12,
                    builder -> builder.schemaRegistryConfig(SchemaRegistryConfig.builder()
                            .pathType(PathType.JSON_POINTER)
                            .build()))
            .getSchema(SchemaLocation.of("https://patchbay.dev/contracts/flow.schema.json"), SCHEMA_JSON);

    /** Keywords that the standard has and this profile does not support. */
    private static final Set<String> UNSUPPORTED_KEYWORDS = Set.of(
            "for", "fork", "emit", "listen", "run", "use", "every", "cron", "any", "all", "schema", "while", "foreach");

    private SchemaValidation() {}

    static void check(SourceTree source, Problems problems) {
        Set<String> reported = new TreeSet<>();
        List<Error> errors = new ArrayList<>(SCHEMA.validate(source.root()));
        // An unknown keyword also leaves its task without a kind. Report the keyword only: it is the cause.
        errors.sort((left, right) -> Integer.compare(priority(left), priority(right)));
        for (Error error : errors) {
            if (reported.add(error.getInstanceLocation().toString()) || priority(error) == 0) {
                reportViolation(error, source, problems);
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

    /** The violated keyword of the schema. An error inside a branch of {@code oneOf} is an error of the {@code oneOf}. */
    private static String brokenKeyword(Error error) {
        return error.getEvaluationPath().toString().contains("/oneOf/") ? "oneOf" : error.getKeyword();
    }

    private static void reportViolation(Error error, SourceTree source, Problems problems) {
        String path = error.getInstanceLocation().toString();
        JsonNode value = source.root().at(path);
        String subject = path.isEmpty() ? "The file" : "“" + path.substring(path.lastIndexOf('/') + 1) + "”";
        switch (brokenKeyword(error)) {
            case "additionalProperties" -> reportUnknownKeyword(error, path, problems);
            case "required" ->
                problems.add(path, "missing", subject + " requires “" + error.getProperty() + "”.", null);
            case "dependentRequired" ->
                problems.add(
                        path,
                        "missing",
                        "“%s” requires “%s” beside it."
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
                        "A task must have exactly one of call, do, set, switch, wait, raise and try; " + subject
                                + " has none or several.",
                        null);
            case "propertyNames" ->
                problems.add(
                        path + "/" + String.valueOf(error.getProperty()),
                        "bad_name",
                        "“%s” is not a valid name.".formatted(error.getProperty()),
                        "A task's name has letters, digits and underscores, so that $steps.name can refer to it; event attributes are lower-case.");
            default -> problems.add(path, "bad_value", subject + " " + requirement(error, path) + ".", null);
        }
    }

    private static void reportUnknownKeyword(Error error, String parent, Problems problems) {
        String keyword = String.valueOf(error.getProperty());
        String path = SourceTree.child(parent, keyword);
        if (UNSUPPORTED_KEYWORDS.contains(keyword)) {
            problems.add(
                    path,
                    "not_supported",
                    "“%s” is not supported in this version of the flow language.".formatted(keyword),
                    null);
            return;
        }
        String location = error.getSchemaLocation().getFragment().toString();
        JsonNode keywords =
                SCHEMA_JSON.at(location.substring(0, location.lastIndexOf('/'))).path("properties");
        problems.add(
                path,
                "unknown_keyword",
                "“%s” is not a valid keyword here.".formatted(keyword),
                Suggestions.didYouMean(keyword, keywords.propertyNames()));
    }

    /** Describes the types of a schema's {@code type} for people, such as "text or a mapping". */
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

    private static @Nullable String typeHint(JsonNode value) {
        return value.isNumber() ? "Put it in quotes if it is meant as text." : null;
    }

    /** Describes the value that the violated rule requires, such as "must not be empty". */
    private static String requirement(Error error, String path) {
        String rule = error.getSchemaLocation().getFragment().toString();
        if (rule.contains("/duration/") || rule.contains("/wait/")) {
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
                        : "has the wrong format";
            case "enum" ->
                "must be one of "
                        + error.getSchemaNode()
                                .toString()
                                .replaceAll("[\\[\\]\"]", "")
                                .replace(",", ", ");
            case "minProperties", "minItems", "minLength" -> "must not be empty";
            case "maxProperties" -> "must have exactly one entry";
            case "minimum" -> "must be at least " + error.getSchemaNode();
            case "maximum" -> "must be at most " + error.getSchemaNode();
            default -> "is not valid";
        };
    }
}
