package dev.patchbay.flags;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.testing.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules, case by case (contracts/flags/cases.json). */
class FlagCasesTests {

    private static final Path CASES = Sources.ROOT.resolve("contracts/flags/cases.json");

    @Test
    void everyCaseIsEvaluatedAsItExpects() throws IOException {
        var report = FlagCases.run(CASES);
        assertThat(report.path("cases")
                        .valueStream()
                        .filter(each -> !each.path("passed").asBoolean()))
                .isEmpty();
        assertThat(report.path("passed").asInt()).isGreaterThan(25);
    }

    @Test
    void aWrongExpectationIsReported(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("cases.json");
        Files.writeString(file, Files.readString(CASES).replace("\"rule\": \"switch\"", "\"rule\": \"ga\""));
        assertThat(FlagCases.run(file).path("failed").asInt()).isPositive();
    }
}
