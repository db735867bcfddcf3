package dev.patchbay.flowlanguage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Files of the repository and readings of flows, in words. */
final class Fixtures {

    static final Path REPOSITORY = Path.of("../..").toAbsolutePath().normalize();

    private Fixtures() {}

    static Stream<Path> files(String folder) {
        try (Stream<Path> files = Files.list(REPOSITORY.resolve(folder))) {
            return files.filter(Files::isRegularFile).sorted().toList().stream();
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    static FlowReading read(String text) {
        return FlowFile.read(text, Catalogue.standard());
    }

    static FlowDefinition valid(String text) {
        FlowReading reading = read(text);
        assertThat(reading).isInstanceOf(FlowReading.Valid.class);
        return ((FlowReading.Valid) reading).definition();
    }

    static List<FlowProblem> problems(String text) {
        FlowReading reading = read(text);
        assertThat(reading).isInstanceOf(FlowReading.Invalid.class);
        return ((FlowReading.Invalid) reading).problems();
    }

    /** A flow that consists of these tasks. */
    static String flowOf(String tasks) {
        return "document: { dsl: 1.0.3, namespace: acme, name: test, version: 1.0.0 }\ndo:\n" + tasks.indent(2);
    }
}
