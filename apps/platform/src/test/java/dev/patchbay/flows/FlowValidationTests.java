package dev.patchbay.flows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.effects.PortFunction;
import dev.patchbay.flowlanguage.Catalogue;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.TestEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Validates the corpus of flow files over HTTP. */
@PatchbayTest
class FlowValidationTests {

    static Stream<Path> validFlows() throws IOException {
        return files("valid");
    }

    static Stream<Path> invalidFlows() throws IOException {
        return files("invalid");
    }

    private static Stream<Path> files(String folder) throws IOException {
        try (var files = Files.list(Path.of("../../flows", folder))) {
            return files.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("validFlows")
    void aFlowIsValidInEveryContentType(Path file) throws IOException {
        for (String type : List.of("application/yaml", "application/json", "text/plain")) {
            var reply = TestEnvironment.post("/api/v1/flows/validate", type, Files.readString(file));
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.body().toString()).isEqualTo("{\"valid\":true,\"problems\":[],\"warnings\":[]}");
        }
    }

    @ParameterizedTest
    @MethodSource("invalidFlows")
    void everyProblemHasPathLineCodeMessageAndHint(Path file) throws IOException {
        String text = Files.readString(file);
        var reply = TestEnvironment.post("/api/v1/flows/validate", "application/yaml", text);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body().path("valid").asBoolean()).isFalse();
        assertThat(StreamSupport.stream(reply.body().path("problems").spliterator(), false)
                        .peek(problem -> assertThat(problem.propertyNames())
                                .containsExactly("path", "line", "code", "message", "hint"))
                        .map(problem -> problem.path("line").asInt()))
                .hasSize((int) text.lines()
                        .filter(line -> line.startsWith("# expect: "))
                        .count())
                .isSorted();
        assertThat(TestEnvironment.get("/api/v1/flows").body().toString()).doesNotContain("\"wrong\"");
    }

    @Test
    void aFileOverTheLimitIsRejected() {
        var reply = TestEnvironment.post("/api/v1/flows/validate", "application/yaml", "#".repeat(256 * 1024 + 1));

        assertThat(reply.status()).isEqualTo(413);
        assertThat(reply.body().path("detail").asString()).contains("256 KiB");
        assertThat(TestEnvironment.post("/api/v1/flows/validate", "application/yaml", "#".repeat(256 * 1024))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aPossibleMistakeIsAWarning() {
        var reply = TestEnvironment.post("/api/v1/flows/validate", "application/yaml", """
                document: { dsl: 1.0.3, namespace: test, name: doubtful, version: 1.0.0 }
                do:
                  - maybe: { if: "$event.wanted", set: { id: 1 } }
                  - uses: { set: { id: "${ $steps.maybe.id }" } }
                """);

        assertThat(reply.body().path("valid").asBoolean()).isTrue();
        assertThat(reply.body().at("/warnings/0/code").asString()).isEqualTo("may_not_have_run");
    }

    @Test
    void everyFunctionOfAPortCanBeCalled() {
        assertThat(Catalogue.standard().functions().keySet())
                .containsAll(PortFunction.ALL.stream().map(PortFunction::name).toList());
    }
}
