package dev.patchbay.prompts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.patchbay.kernel.Json;
import dev.patchbay.prompts.format.PromptProblem;
import dev.patchbay.prompts.format.PromptValidation;
import dev.patchbay.prompts.merge.MergeKind;
import dev.patchbay.prompts.merge.PromptMerge;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Texts of the greatest size, written to cost as much as they can, take seconds and little memory. */
class PromptBoundsTests {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static String prompt(String variables, String text) {
        return """
                ---
                name: a-prompt
                version: 1.0.0
                VARIABLES
                retell:
                  engine: retell-llm
                  agent: { voice_id: "v" }
                  settings: { general_prompt: "%part" }
                ---
                """.replace("VARIABLES", variables) + text;
    }

    private static Stream<Arguments> hostileTexts() {
        return Stream.of(
                Arguments.of("backslashes", "\\".repeat(1_000_000)),
                Arguments.of("one word", "a".repeat(1_000_000)),
                Arguments.of("blanks", "a" + " ".repeat(1_000_000) + "b"),
                Arguments.of("open braces", "{{ ".repeat(330_000)),
                Arguments.of("one sentence", "never say never say you are ".repeat(37_000)),
                Arguments.of("a heading with blanks inside", "# a" + " ".repeat(900_000) + "b\nText."),
                Arguments.of("a heading with many markers", "# a" + " #".repeat(450_000) + "b\nText."),
                Arguments.of("equal headings", "# a\n".repeat(4_900)),
                Arguments.of("more headings than are compared", "# a\n".repeat(250_000)),
                Arguments.of("a long heading above many", "# " + "a".repeat(900_000) + "\n" + "## b\n".repeat(4_900)),
                Arguments.of("quotations", ">".repeat(1_000_000)),
                Arguments.of("lists", "- ".repeat(500_000)),
                Arguments.of("brackets", "[".repeat(1_000_000)),
                Arguments.of("variables that nobody declared", "[[a]]".repeat(200_000)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostileTexts")
    void aHostileTextIsCheckedAndMergedInTime(String name, String text) {
        assertTimeoutPreemptively(LIMIT, () -> PromptValidation.validate(prompt("variables: {}", text), Map.of()));
        assertTimeoutPreemptively(
                LIMIT,
                () -> PromptMerge.merge(
                        MergeKind.TEXT, Json.tree(text), Json.tree(text + "\nNew."), Json.tree("Ours.\n" + text)));
    }

    @Test
    void valuesThatAreNamedVeryOftenAreNotFilledIn() {
        String variables = "variables: { greeting: { type: longtext, default: \"%s\" } }".formatted("x".repeat(20_000));

        var report = PromptValidation.validate(prompt(variables, "[[greeting]]".repeat(80_000)), Map.of());

        assertThat(report.problems()).extracting(PromptProblem::code).containsExactly("too_large", "long");
    }
}
