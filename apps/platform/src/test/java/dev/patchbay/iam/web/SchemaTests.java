package dev.patchbay.iam.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.effects.spi.FailureReason;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.TestEnvironment;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Paths;
import io.swagger.v3.oas.models.media.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The description is true enough to generate a client from: names, required members, nulls, enums, bodies and problems. */
@PatchbayTest
class SchemaTests {

    private static final String REFERENCE = "#/components/schemas/";

    /** A request may leave out every member. */
    private static final String REQUEST = "Request";

    private static JsonNode described() {
        return TestEnvironment.get("/v3/api-docs").body();
    }

    private static JsonNode schemas() {
        return described().at("/components/schemas");
    }

    private static void eachOperation(BiConsumer<String, JsonNode> check) {
        described()
                .path("paths")
                .forEachEntry((path, methods) -> methods.forEachEntry(
                        (method, operation) -> check.accept(method.toUpperCase(Locale.ROOT) + " " + path, operation)));
    }

    @Test
    void everySchemaIsNamedByItsContext() {
        assertThat(schemas().propertyNames())
                .allMatch(name -> name.equals("Problem") || name.matches("[a-z]+\\.[A-Z]\\w+"));
        assertThat(schemas().propertyNames())
                .contains(
                        "flows.Group",
                        "iam.Group",
                        "flows.RunSummaryPage",
                        "ingress.Difference",
                        "flowlanguage.Difference");
    }

    @Test
    void membersAreRequiredUnlessJsonLeavesThemOut() {
        schemas().forEachEntry((name, schema) -> {
            if (!name.endsWith(REQUEST) && !schema.path("properties").isEmpty()) {
                assertThat(schema.path("required").isEmpty()).as(name).isFalse();
            }
        });
        assertThat(texts(schemas().at("/flows.RunSummary/required"))).contains("id", "endedAt", "cause", "caller");
        assertThat(texts(schemas().at("/insights.Item/required")))
                .contains("title")
                .doesNotContain("detail", "exchanges");
    }

    @Test
    void nullableMembersSaySo() {
        assertThat(texts(schemas().at("/flows.RunSummary/properties/endedAt/type")))
                .contains("null");
        assertThat(schemas()
                        .at("/flows.RunSummary/properties/cause/oneOf/1/type")
                        .asString())
                .isEqualTo("null");
        assertThat(schemas().at("/flows.RunDetail/properties/ending/enum").valueStream())
                .anyMatch(JsonNode::isNull);
        assertThat(schemas().at("/flows.RunSummary/properties/id/type").asString())
                .isEqualTo("string");
    }

    @Test
    void anyJsonValueIsDescribedAsAnything() {
        assertThat(schemas().at("/flows.RunDetail/properties/input").isEmpty()).isTrue();
        assertThat(schemas().has("JsonNode")).isFalse();
    }

    @Test
    void vocabularyIsEnumerated() {
        assertThat(texts(schemas().at("/flows.Group/properties/reason/enum")))
                .containsExactlyInAnyOrderElementsOf(FailureReason.codes());
        assertThat(texts(schemas().at("/flows.Cause/properties/code/enum")))
                .containsAll(FailureReason.codes())
                .contains("raised", "rejected", "cancelled");
        assertThat(texts(schemas().at("/flows.Effect/properties/state/enum"))).contains("DONE", "UNKNOWN");
    }

    @Test
    void everyBodyAnswerAndParameterHasASchema() {
        eachOperation((name, operation) -> {
            var contents = new ArrayList<JsonNode>();
            contents.add(operation.at("/requestBody/content"));
            operation.path("responses").forEach(response -> contents.add(response.path("content")));
            contents.forEach(content -> content.forEachEntry(
                    (type, media) -> assertThat(media.path("schema").isMissingNode())
                            .as(name + " " + type)
                            .isFalse()));
            operation
                    .path("parameters")
                    .forEach(
                            parameter -> assertThat(parameter.at("/schema/type").asString())
                                    .as(name + " " + parameter.path("name"))
                                    .isIn("string", "integer", "boolean", "array"));
        });
    }

    @Test
    void everyOperationMayAnswerAProblem() {
        eachOperation((name, operation) -> assertThat(operation
                        .at("/responses/default/content/application~1problem+json/schema/$ref")
                        .asString())
                .as(name)
                .isEqualTo(REFERENCE + "Problem"));
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        Set<String> names = Set.copyOf(schemas().propertyNames());
        described()
                .findValuesAsString("$ref")
                .forEach(reference -> assertThat(names).contains(reference.substring(REFERENCE.length())));
    }

    @Test
    void twoRecordsOfOneNameStopTheDescription() {
        var components = new Components()
                .addSchemas("dev.patchbay.flows.one.Group", new Schema<>())
                .addSchemas("dev.patchbay.flows.two.Group", new Schema<>());
        var api = new OpenAPI().components(components).paths(new Paths());
        assertThatThrownBy(() -> new SchemaCustomizer().customise(api)).hasMessageContaining("[flows.Group]");
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::asString).toList();
    }
}
