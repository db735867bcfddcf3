package dev.patchbay.iam.web;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.Schema;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Points every reference of a description at the new names of its schemas. */
final class SchemaReferences {

    private static final String PREFIX = "#/components/schemas/";

    private final Map<String, String> names;

    /** @param names the new name of each schema */
    SchemaReferences(Map<String, String> names) {
        this.names = names;
    }

    void rename(OpenAPI api) {
        api.getComponents().getSchemas().values().forEach(this::rename);
        api.getPaths().values().stream()
                .flatMap(path -> path.readOperations().stream())
                .flatMap(SchemaReferences::contents)
                .flatMap(content -> content.values().stream())
                .forEach(media -> rename(media.getSchema()));
    }

    private static Stream<Content> contents(Operation operation) {
        return Stream.concat(
                Stream.ofNullable(operation.getRequestBody()).flatMap(body -> Stream.ofNullable(body.getContent())),
                operation.getResponses().values().stream()
                        .flatMap(response -> Stream.ofNullable(response.getContent())));
    }

    private void rename(@Nullable Schema<?> schema) {
        if (schema == null) {
            return;
        }
        if (schema.get$ref() != null) {
            String old = schema.get$ref().substring(PREFIX.length());
            schema.set$ref(PREFIX + names.getOrDefault(old, old));
        }
        parts(schema).forEach(this::rename);
    }

    private static Stream<Schema<?>> parts(Schema<?> schema) {
        Stream<Schema<?>> members = Optional.ofNullable(schema.getProperties()).map(Map::values).stream()
                .flatMap(Collection::stream)
                .map(member -> (Schema<?>) member);
        Stream<Schema<?>> alternatives = Optional.ofNullable(schema.getOneOf()).stream()
                .flatMap(Collection::stream)
                .map(member -> (Schema<?>) member);
        Stream<Schema<?>> rest = Stream.of(schema.getItems(), schema.getAdditionalProperties())
                .filter(Schema.class::isInstance)
                .map(part -> (Schema<?>) part);
        return Stream.of(members, alternatives, rest).flatMap(part -> part);
    }
}
