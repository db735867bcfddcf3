package dev.patchbay.flowlanguage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Reads files of the repository and flows. */
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

    static ParseResult read(String text) {
        return FlowFile.read(text, Catalogue.standard());
    }

    static FlowDefinition valid(String text) {
        ParseResult result = read(text);
        assertThat(result).isInstanceOf(ParseResult.Valid.class);
        return ((ParseResult.Valid) result).definition();
    }

    static List<FlowProblem> problems(String text) {
        ParseResult result = read(text);
        assertThat(result).isInstanceOf(ParseResult.Invalid.class);
        return ((ParseResult.Invalid) result).problems();
    }

    /** A flow that consists of these tasks. */
    static String flowOf(String tasks) {
        return "document: { dsl: 1.0.3, namespace: acme, name: test, version: 1.0.0 }\ndo:\n" + tasks.indent(2);
    }
}
