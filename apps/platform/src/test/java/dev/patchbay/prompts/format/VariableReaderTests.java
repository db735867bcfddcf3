package dev.patchbay.prompts.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.kernel.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

class VariableReaderTests {

    private final List<PromptProblem> problems = new ArrayList<>();

    @Test
    void declarationsAreWrittenAsTheyWereRead() {
        JsonNode declared = Json.read("""
                {
                  "bare": {"type": "boolean"},
                  "city": {"type": "text", "title": "City", "help": "As on the sign", "required": true, "maxLength": 40, "pattern": "[A-Z].*",
                           "example": "Austin"},
                  "size": {"type": "choice", "choices": ["small", "large"], "default": "small"},
                  "minutes": {"type": "integer", "default": 30, "min": 5, "max": 240}
                }""");

        var variables = VariableReader.read(declared, Map.of(), problems);

        assertThat(problems).isEmpty();
        assertThat(variables.keySet()).containsExactly("bare", "city", "size", "minutes");
        assertThat(VariableReader.write(variables)).isEqualTo(declared);
    }

    @Test
    void aFileNeedsNoVariables() {
        assertThat(VariableReader.read(MissingNode.getInstance(), Map.of(), problems))
                .isEmpty();
        assertThat(VariableReader.read(Json.read("null"), Map.of(), problems)).isEmpty();
        assertThat(problems).isEmpty();
    }

    @Test
    void variablesAreAMappingOfAtMostAHundred() {
        ObjectNode hundred = Json.object();
        for (int i = 0; i < 100; i++) {
            hundred.putObject("v" + i).put("type", "text");
        }
        assertThat(VariableReader.read(hundred, Map.of(), problems)).hasSize(100);
        assertThat(problems).isEmpty();
        hundred.putObject("more").put("type", "text");

        assertThat(VariableReader.read(hundred, Map.of("/variables", 4), problems))
                .isEmpty();
        assertThat(VariableReader.read(Json.read("[]"), Map.of(), problems)).isEmpty();

        assertThat(problems).extracting(PromptProblem::path).containsExactly("/variables", "/variables");
        assertThat(problems).extracting(PromptProblem::line).containsExactly(4, 1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "City | {\"type\": \"text\"} | begins with a letter",
                "city | \"text\" | needs a type",
                "city | {\"type\": \"town\"} | needs a type",
                "city | {} | needs a type",
                "city | {\"type\": \"text\", \"size\": 5} | “size” is no member",
                "city | {\"type\": \"text\", \"required\": true, \"default\": \"Austin\"} | has no default",
                "city | {\"type\": \"choice\"} | needs choices",
                "city | {\"type\": \"choice\", \"choices\": []} | needs choices",
                "city | {\"type\": \"text\", \"pattern\": \"[\"} | no regular expression"
            })
    void aFaultyDeclarationIsNamedAndLeftOut(String name, String declaration, String message) {
        ObjectNode declared = Json.object();
        declared.set(name, Json.read(declaration));
        declared.putObject("right").put("type", "text");

        var variables = VariableReader.read(declared, Map.of("/variables/" + name, 7), problems);

        assertThat(variables.keySet()).containsExactly("right");
        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.message()).contains(message);
            assertThat(problem.path()).isEqualTo("/variables/" + name);
            assertThat(problem.line()).isEqualTo(7);
        });
    }

    @Test
    void aPatternHasAtMostFiveHundredCharacters() {
        ObjectNode declared = Json.object();
        declared.putObject("right").put("type", "text").put("pattern", "a".repeat(500));
        declared.putObject("long").put("type", "text").put("pattern", "a".repeat(501));

        assertThat(VariableReader.read(declared, Map.of(), problems)).containsOnlyKeys("right");
        assertThat(problems).extracting(PromptProblem::path).containsExactly("/variables/long");
    }
}
