package dev.patchbay.flowlanguage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Reads the valid and the invalid flow files of the repository, and the scenarios of the standard's conformance kit. */
final class CorpusTests {

    private static final Path SCENARIOS = Fixtures.REPOSITORY.resolve("../shared/serverless-workflow/ctk/features");
    private static final Pattern DEFINITION = Pattern.compile(
            "Scenario: ([^\\n]+)\\n\\s*Given a workflow with definition:\\s*\"\"\"yaml\\n(.*?)\"\"\"", Pattern.DOTALL);
    private static final Pattern BEYOND_THE_PROFILE =
            Pattern.compile("call: (http|openapi)|\\b(for|fork|emit|listen|run):");

    /** Codes without a file: too large for one, without a known example, or not about the file alone. Their own tests cover them. */
    private static final Set<String> CODES_WITHOUT_FILE = Set.of(
            "too_large",
            "too_slow",
            "not_standard",
            "may_not_have_run",
            "may_say_null",
            "foreign_placeholder",
            "missing_binding");

    static Stream<Path> validFlows() {
        return Stream.concat(Fixtures.files("flows"), Fixtures.files("flows/valid"));
    }

    static Stream<Path> invalidFlows() {
        return Fixtures.files("flows/invalid");
    }

    @ParameterizedTest
    @MethodSource("validFlows")
    void aValidFlowIsAccepted(Path file) {
        assertThat(Fixtures.read(Fixtures.text(file))).isInstanceOf(ParseResult.Valid.class);
    }

    @ParameterizedTest
    @MethodSource("invalidFlows")
    void anInvalidFlowIsRejectedWithExactlyTheProblemsThatItsHeaderExpects(Path file) {
        String text = Fixtures.text(file);
        List<String> expected = text.lines()
                .filter(line -> line.startsWith("# expect: "))
                .map(line -> line.substring("# expect: ".length()))
                .toList();
        assertThat(Fixtures.problems(text)).map(FlowProblem::toString).containsExactlyInAnyOrderElementsOf(expected);
    }

    @ParameterizedTest
    @MethodSource("validFlows")
    void aValidFlowHasNoWarnings(Path file) {
        assertThat(((ParseResult.Valid) Fixtures.read(Fixtures.text(file))).warnings())
                .isEmpty();
    }

    @Test
    void theInvalidFlowsCoverEveryDocumentedCode() {
        Set<String> shown = invalidFlows()
                .flatMap(file -> Fixtures.problems(Fixtures.text(file)).stream())
                .map(FlowProblem::code)
                .collect(Collectors.toSet());
        String codes = Fixtures.text(Fixtures.REPOSITORY.resolve("docs/flow-language.md"))
                .split("## Problem codes\n", 2)[1]
                .replaceAll("(?m)^\\| (.*?) \\|.*$", "$1");
        Set<String> documented = Pattern.compile("`([a-z_]+)`")
                .matcher(codes)
                .results()
                .map(code -> String.valueOf(code.group(1)))
                .filter(code -> !CODES_WITHOUT_FILE.contains(code))
                .collect(Collectors.toSet());
        assertThat(shown).isEqualTo(documented);
    }

    @Test
    void theStandardsScenariosWithinTheProfileAreAccepted() {
        assumeTrue(Files.isDirectory(SCENARIOS), "the conformance kit is not beside this repository");
        int read = 0;
        for (Path feature :
                Fixtures.files("../shared/serverless-workflow/ctk/features").toList()) {
            Matcher scenario = DEFINITION.matcher(Fixtures.text(feature));
            while (scenario.find()) {
                String definition = scenario.group(2);
                if (!BEYOND_THE_PROFILE.matcher(definition).find()) {
                    assertThat(Fixtures.read(definition)).as(scenario.group(1)).isInstanceOf(ParseResult.Valid.class);
                    read++;
                }
            }
        }
        assertThat(read).isEqualTo(9);
    }
}
