package dev.patchbay.iam.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.Paths;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A schema says of each member whether it is always there and whether it may be null. */
class SchemaCustomizerTests {

    private static final String HERE = "dev.patchbay.iam.web.SchemaCustomizerTests.";

    record Members(
            String plain,
            Optional<String> optional,
            @Nullable String nullable,
            @Nullable String anything,
            String undescribed) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Sparse(String plain, @Nullable String nullable) {}

    record PartlySparse(
            @Nullable String nullable,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String sparse) {}

    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Complete(String plain, @Nullable String nullable) {}

    private static List<String> customised(String className, Schema<?> schema) {
        var api = new OpenAPI()
                .components(new Components().addSchemas(className, schema))
                .paths(new Paths());
        new SchemaCustomizer().customise(api);
        return List.copyOf(api.getComponents().getSchemas().keySet());
    }

    private static Schema<?> withTexts(String... names) {
        var schema = new Schema<Object>();
        for (String name : names) {
            schema.addProperty(name, ProblemDescription.ofType("string"));
        }
        return schema;
    }

    private static String types(Schema<?> schema, String member) {
        return String.valueOf(
                Objects.requireNonNull(schema.getProperties().get(member)).getTypes());
    }

    private static String nameOf(String className) {
        return customised(className, new Schema<>()).getFirst();
    }

    @Test
    void aNameIsTheContextAndTheRecord() {
        assertThat(nameOf(HERE + "Members")).isEqualTo("iam.Members");
        assertThat(nameOf("dev.patchbay.iam.web.SchemaCustomizer")).isEqualTo("iam.SchemaCustomizer");
        assertThat(nameOf("dev.patchbay.kernel.PageDev.patchbay.iam.people.User"))
                .isEqualTo("iam.UserPage");
        assertThat(nameOf("dev.patchbay.kernel.Page")).isEqualTo("kernel.Page");
        assertThat(nameOf("org.example.Thing")).isEqualTo("org.Thing");
        assertThat(nameOf("Problem")).isEqualTo("Problem");
    }

    @Test
    void aMemberIsRequiredUnlessItsAbsenceMeansNull() {
        var schema = withTexts("plain", "optional", "nullable");
        schema.addProperty("anything", new Schema<>());

        customised(HERE + "Members", schema);

        assertThat(schema.getRequired()).containsExactlyInAnyOrder("plain", "optional", "nullable", "anything");
        assertThat(types(schema, "plain")).isEqualTo("[string]");
        assertThat(types(schema, "optional")).isEqualTo("[string, null]");
        assertThat(types(schema, "nullable")).isEqualTo("[string, null]");
        assertThat(types(schema, "anything")).isEqualTo("null");
    }

    @Test
    void aRecordMayLeaveOutAllItsNulls() {
        var schema = withTexts("plain", "nullable");

        customised(HERE + "Sparse", schema);

        assertThat(schema.getRequired()).containsExactly("plain");
        assertThat(types(schema, "nullable")).isEqualTo("[string]");
        var complete = withTexts("plain", "nullable");
        customised(HERE + "Complete", complete);
        assertThat(complete.getRequired()).containsExactlyInAnyOrder("plain", "nullable");
    }

    @Test
    void aMemberMayBeLeftOutByItself() {
        var schema = withTexts("nullable", "sparse");

        customised(HERE + "PartlySparse", schema);

        assertThat(schema.getRequired()).containsExactly("nullable");
        assertThat(types(schema, "nullable")).isEqualTo("[string, null]");
        assertThat(types(schema, "sparse")).isEqualTo("[string]");
    }

    @Test
    void anAnswerWithoutASchemaStaysWithoutOne() {
        var media = new MediaType();
        var answers = new ApiResponses()
                .addApiResponse("200", new ApiResponse().content(new Content().addMediaType("text/csv", media)));
        var api = new OpenAPI()
                .components(new Components().addSchemas(HERE + "Sparse", new Schema<>()))
                .paths(new Paths().addPathItem("/export", new PathItem().get(new Operation().responses(answers))));

        new SchemaCustomizer().customise(api);

        assertThat(media.getSchema()).isNull();
    }

    @Test
    void onlyARecordsSchemaGetsRequiredMembers() {
        var schema = withTexts("plain");

        customised("dev.patchbay.iam.web.SchemaCustomizer", schema);

        assertThat(schema.getRequired()).isNull();
    }
}
