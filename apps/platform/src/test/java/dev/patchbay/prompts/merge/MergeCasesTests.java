package dev.patchbay.prompts.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.kernel.Json;
import dev.patchbay.prompts.PromptsCommand;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MergeCasesTests {

    private static final Path CASES = Path.of("src/test/resources/prompts/merge-cases.json");

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @Test
    void everyCaseMergesAsItExpects() throws Exception {
        boolean allEqual = PromptsCommand.run("merge", CASES, new PrintStream(printed, true, StandardCharsets.UTF_8));

        assertThat(printed.toString(StandardCharsets.UTF_8).lines().filter(line -> line.contains("\"equal\":false")))
                .isEmpty();
        assertThat(allEqual).isTrue();
        assertThat(printed.toString(StandardCharsets.UTF_8)).endsWith("{\"cases\":25,\"equal\":25}\n");
    }

    @Test
    void aCaseWithAnotherResultFailsTheCommand(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("cases.json");
        Files.writeString(file, """
                {"cases": [{"id": "x", "kind": "text", "base": "a", "template": "b", "local": "a", "merged": "a",
                  "conflicts": []}]}""");

        assertThat(PromptsCommand.run("merge", file, new PrintStream(printed, true, StandardCharsets.UTF_8)))
                .isFalse();
        assertThat(Json.read(printed.toString(StandardCharsets.UTF_8)
                                .lines()
                                .findFirst()
                                .orElseThrow())
                        .path("merged")
                        .asString())
                .isEqualTo("b");
    }

    @Test
    void aCaseWithOtherConflictsFailsTheCommand(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("cases.json");
        Files.writeString(file, """
                {"cases": [{"id": "x", "kind": "text", "base": "a", "template": "b", "local": "c", "merged": "c",
                  "conflicts": []}]}""");

        assertThat(PromptsCommand.run("merge", file, new PrintStream(printed, true, StandardCharsets.UTF_8)))
                .isFalse();
    }

    @Test
    void anotherCommandIsRefused() {
        assertThatThrownBy(() -> PromptsCommand.run("split", CASES, System.out))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
