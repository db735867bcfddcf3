package dev.patchbay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTests {

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final List<Integer> statuses = new ArrayList<>();
    private int platforms;

    private String run(String... arguments) throws Exception {
        Commands.run(
                arguments, new PrintStream(printed, true, StandardCharsets.UTF_8), statuses::add, () -> platforms++);
        return printed.toString(StandardCharsets.UTF_8);
    }

    private String file(String contents) throws Exception {
        return Files.writeString(directory.resolve("cases.json"), contents).toString();
    }

    @Test
    void keysPrintsTheIdsOfTheFile() throws Exception {
        assertThat(run("keys", "create", directory.resolve("kek.json").toString()))
                .matches("-?[0-9]+\\*\\R");
        assertThat(platforms).isZero();
        assertThat(statuses).isEmpty();
    }

    @Test
    void flagsEvaluatePrintsItsReport() throws Exception {
        assertThat(run("flags", "evaluate", file("{\"registry\": {}, \"cases\": []}")))
                .contains("\"failed\" : 0");
        assertThat(platforms).isZero();
        assertThat(statuses).isEmpty();
    }

    @Test
    void promptsThatMergeAsExpectedSucceed() throws Exception {
        assertThat(run("prompts", "merge", file("{\"cases\": []}"))).contains("\"cases\":0");
        assertThat(platforms).isZero();
        assertThat(statuses).isEmpty();
    }

    @Test
    void promptsThatMergeOtherwiseFail() throws Exception {
        assertThat(run("prompts", "merge", file("""
                {"cases": [{"id": "x", "kind": "text", "base": "a", "template": "b", "local": "a", "merged": "a",
                  "conflicts": []}]}"""))).contains("\"equal\":0");
        assertThat(platforms).isZero();
        assertThat(statuses).containsExactly(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "keys show", "flags list cases.json", "--a=1 --b=2 --c=3"})
    void everythingElseStartsThePlatform(String line) throws Exception {
        assertThat(run(line.split(" ", -1))).isEmpty();
        assertThat(platforms).isEqualTo(1);
        assertThat(statuses).isEmpty();
    }
}
