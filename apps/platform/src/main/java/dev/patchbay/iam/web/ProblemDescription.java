package dev.patchbay.iam.web;

import dev.patchbay.kernel.ProblemType;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springframework.http.MediaType;

/** Describes problems: every operation may answer one, with a code of {@link ProblemType}. */
final class ProblemDescription implements GlobalOpenApiCustomizer {

    private static final String NAME = "Problem";

    @Override
    public void customise(OpenAPI api) {
        api.getComponents().addSchemas(NAME, schema());
        var reference = new Schema<Object>();
        reference.set$ref("#/components/schemas/" + NAME);
        var media = new io.swagger.v3.oas.models.media.MediaType();
        media.setSchema(reference);
        var content = new Content().addMediaType(MediaType.APPLICATION_PROBLEM_JSON_VALUE, media);
        api.getPaths().values().stream()
                .flatMap(path -> path.readOperations().stream())
                .forEach(operation -> operation
                        .getResponses()
                        .addApiResponse(
                                "default",
                                new ApiResponse().description("A problem").content(content)));
    }

    private static Schema<?> schema() {
        Schema<Object> uri = ofType("string");
        uri.setFormat("uri");
        Schema<Object> problem = ofType("object");
        problem.addProperty("type", uri);
        problem.addProperty("title", ofType("string"));
        problem.addProperty("status", ofType("integer"));
        problem.addProperty("code", code());
        problem.addProperty("detail", ofType("string"));
        problem.addProperty("correlationId", ofType("string"));
        problem.addProperty("problems", listOfAnything());
        problem.setRequired(List.of("type", "title", "status", "code", "detail", "correlationId"));
        return problem;
    }

    /** One of ours, or one of ours with the provider's name at its end. */
    private static Schema<?> code() {
        Schema<Object> ours = ofType("string");
        ours.setEnum(Arrays.stream(ProblemType.values())
                .<Object>map(ProblemType::code)
                .toList());
        Schema<Object> ofProvider = ofType("string");
        ofProvider.setPattern("^\\d{3}\\.[a-z_]+$");
        var code = new Schema<Object>();
        code.addAnyOfItem(ours);
        code.addAnyOfItem(ofProvider);
        return code;
    }

    private static Schema<?> listOfAnything() {
        Schema<Object> list = ofType("array");
        list.setItems(new Schema<>());
        return list;
    }

    static Schema<Object> ofType(String type) {
        var schema = new Schema<Object>();
        schema.setTypes(Set.of(type));
        return schema;
    }
}
