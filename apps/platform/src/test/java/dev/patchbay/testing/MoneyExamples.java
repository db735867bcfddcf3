package dev.patchbay.testing;

import dev.patchbay.kernel.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Worked examples of prices; {@code -Dpatchbay.money-examples=FILE} adds those of another file of the same form. */
public final class MoneyExamples {

    private MoneyExamples() {}

    public static Stream<JsonNode> all() {
        return Stream.concat(
                        Stream.of(Path.of("src", "test", "resources", "money-examples.json")),
                        Stream.ofNullable(System.getProperty("patchbay.money-examples"))
                                .map(Path::of))
                .flatMap(file -> read(file).path("examples").valueStream());
    }

    public static Stream<JsonNode> of(String kind) {
        return all().filter(example -> example.path("kind").asString().equals(kind));
    }

    private static JsonNode read(Path file) {
        try {
            return Json.read(Files.readAllBytes(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
