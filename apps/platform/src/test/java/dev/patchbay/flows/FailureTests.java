package dev.patchbay.flows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.connections.Connections;
import dev.patchbay.iam.tenants.Clients;
import dev.patchbay.testing.FailureFixture;
import dev.patchbay.testing.FlowFixture;
import dev.patchbay.testing.PatchbayTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Each failure names the provider, the operation and the value. docs/failures.md lists them for people. */
@PatchbayTest
class FailureTests {

    private static final Path DOCS = Path.of("../../docs/failures.md");

    @Autowired
    private Connections connections;

    @Autowired
    private Clients clients;

    private static String line(Failures.Failure failure, JsonNode cause) {
        return "| %s | `%s` | %s | %s |"
                .formatted(
                        failure.what(),
                        cause.path("code").asString(),
                        cause.path("sentence").asString(),
                        cause.path("nextAction").asString());
    }

    @AfterEach
    void heal() {
        FlowFixture.removeFaults();
    }

    @ParameterizedTest
    @MethodSource("dev.patchbay.flows.Failures#failures")
    void theCauseNamesTheRealReason(Failures.Failure failure) throws IOException {
        var fixture = new FailureFixture(clients, connections);

        var cause = failure.how().apply(fixture).cause();

        String line = line(failure, cause);
        System.out.println(line);
        assertThat(cause.path("code").asString()).as(line).isEqualTo(failure.code());
        assertThat(cause.path("sentence").asString()).contains(failure.words()).doesNotContain(fixture.phone());
        assertThat(readDocumentedLines())
                .as("docs/failures.md, with … for values that differ, has a line that matches " + line)
                .anyMatch(expected -> pattern(expected).matcher(line).matches());
    }

    @Test
    void theDocumentListsExactlyTheseFailures() throws IOException {
        assertThat(readDocumentedLines())
                .extracting(line -> line.substring(2, line.indexOf(" | ")))
                .containsExactlyElementsOf(
                        Failures.failures().stream().map(Failures.Failure::what).toList());
    }

    private static List<String> readDocumentedLines() throws IOException {
        return Files.readAllLines(DOCS).stream()
                .dropWhile(line -> !line.startsWith("|---"))
                .skip(1)
                .takeWhile(line -> line.startsWith("|"))
                .toList();
    }

    private static Pattern pattern(String line) {
        return Pattern.compile(
                Arrays.stream(line.split("…", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
    }
}
