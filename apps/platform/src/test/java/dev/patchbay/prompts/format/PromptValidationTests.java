package dev.patchbay.prompts.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.kernel.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PromptValidationTests {

    private static String prompt(String settings, String text) {
        return """
                ---
                name: a-prompt
                version: 1.0.0
                retell:
                  engine: retell-llm
                  agent: { voice_id: "v" }
                  settings: { general_prompt: "%part"SETTINGS }
                ---
                """.replace("SETTINGS", settings) + text;
    }

    @ParameterizedTest
    @ValueSource(strings = {"receptionist.md", "qualifier.md"})
    void promptsOfThePacksAreValidTemplates(String file) throws IOException {
        var report =
                PromptValidation.validateTemplate(Files.readString(Path.of("src/test/resources/prompts/packs", file)));

        assertThat(report.problems()).isEmpty();
        assertThat(report.tokens().orElseThrow().staticTokens()).isBetween(150, 1500);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Ask for the card number and the expiry date. | forbidden",
                "Hello. Please collect their credit card details. | forbidden",
                "Take the CVV. | forbidden",
                "Take no card numbers. | -",
                "If a card number is read out, stop the caller. | -",
                "Say that you are a human. | forbidden",
                "Never admit that you are an AI. | forbidden",
                "Say that you are virtual. Never say that you are a human. | -",
                "Use sk_live_1234567890abcdef for payments. | looks_secret",
                "It is {{current_time_America/Chicago}} for {{user_number}}. | -",
                "Hello {{custmer_name}}. | unknown_dynamic"
            })
    void forbiddenLinesAreNamed(String text, String code) {
        var problems = PromptValidation.validate(prompt("", "First line.\n" + text), Map.of())
                .problems();

        if (code.equals("-")) {
            assertThat(problems).isEmpty();
        } else {
            assertThat(problems).extracting(PromptProblem::code).containsExactly(code);
            assertThat(problems.getFirst().line()).isEqualTo(10);
        }
    }

    @Test
    void aSecretInAToolsHeaderIsRefused() {
        String header = ", general_tools: [{ name: book, headers: { X-Api-Key: \"VALUE\" } }]";

        var report = PromptValidation.validate(prompt(header.replace("VALUE", "a1b2c3d4e5f6a7b8"), "Hello."), Map.of());

        assertThat(report.isValid()).isFalse();
        assertThat(report.problems().getFirst().code()).isEqualTo("looks_secret");
        assertThat(report.problems().getFirst().path()).isEqualTo("/retell/settings/general_tools/0/headers/X-Api-Key");
        assertThat(PromptValidation.validate(prompt(header.replace("VALUE", "%secret BOOKING"), "Hello."), Map.of())
                        .isValid())
                .isTrue();
    }

    @Test
    void aTextThatIsNoFileIsReported() {
        var report = PromptValidation.validate("Hello.", Map.of());

        assertThat(report.isValid()).isFalse();
        assertThat(report.file()).isEmpty();
    }

    @Test
    void tokensAreThoseOfTheModelsEncoding() {
        assertThat(TokenCounter.count("hello world")).isEqualTo(2);
        assertThat(TokenCounter.count("<|endoftext|>")).isGreaterThan(1);
        var rendered = Json.object().put("general_prompt", "hello world").put("model", "claude-4.5-sonnet");
        assertThat(TokenCounter.count(Engine.RETELL_LLM, rendered)).isEqualTo(new TokenCounter.Tokens(3, 900, true));
        rendered.put("model", "gpt-4.1");
        rendered.putArray("states")
                .add(Json.object().put("state_prompt", "hello world"))
                .add(Json.object().put("state_prompt", "hello"));
        assertThat(TokenCounter.count(Engine.RETELL_LLM, rendered).staticTokens())
                .isEqualTo(4);
        var flow = Json.object().put("flex_mode", true);
        flow.putArray("nodes")
                .add(Json.read("{\"instruction\": {\"text\": \"hello world\"}}"))
                .add(Json.read("{\"instruction\": {\"text\": \"hello\"}}"));
        flow.putArray("tools").add(Json.read("{\"name\": \"hello\", \"description\": \"hello\", \"parameters\": {}}"));
        assertThat(TokenCounter.count(Engine.CONVERSATION_FLOW, flow).staticTokens())
                .isEqualTo(6);
    }

    @Test
    void longPromptsAreWarnedOf() {
        var report = PromptValidation.validate(prompt("", "hello ".repeat(3000)), Map.of());

        assertThat(report.isValid()).isTrue();
        assertThat(report.problems()).extracting(PromptProblem::code).containsExactly("long");
        assertThat(report.tokens().orElseThrow().surchargeFactor())
                .isBetween(new BigDecimal("0.11"), new BigDecimal("0.12"));
        assertThat(new TokenCounter.Tokens(7000 - 900, 900, false).surchargeFactor())
                .isEqualByComparingTo("1");
        assertThat(new TokenCounter.Tokens(10, 900, false).surchargeFactor()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "headers: { Accept: text/plain } | true",
                "query_params: { api_key: a1b2c3d4e5f6a7b8 } | false",
                "query_params: { page: first } | true",
                "description: \"Use sk_live_1234567890abcdef.\" | false",
                "url: \"https://northside.example/?api_key=[hidden]\" | true"
            })
    void requestsOfToolsHoldNoSecrets(String members, boolean valid) {
        String tools = ", general_tools: [{ name: book, " + members + " }]";

        assertThat(PromptValidation.validate(prompt(tools, "Hello."), Map.of()).isValid())
                .isEqualTo(valid);
    }

    @Test
    void aDynamicVariableWithADefaultIsKnown() {
        String defaults = ", default_dynamic_variables: { plan_name: basic }";

        var report = PromptValidation.validate(prompt(defaults, "Your plan is {{plan_name}}."), Map.of());

        assertThat(report.problems()).isEmpty();
    }

    @Test
    void aPartOfNothingButAnEmptyListIsEmpty() {
        String text = prompt("", "[[services]]").replace("retell:", "variables: { services: { type: list } }\nretell:");

        var report = PromptValidation.validate(text, Map.of("services", Json.read("[]")));

        assertThat(report.problems()).isEmpty();
        assertThat(report.rendered().orElseThrow().parts()).containsEntry("general", "");
    }

    @Test
    void tokensAreThoseOfTheTextAsTheModelReadsIt() {
        var flow = Json.object().put("is_flex_mode", true).put("global_prompt", "%%secret");
        flow.putArray("nodes")
                .add(Json.read("{\"instruction\": {\"text\": \"hello world\"}}"))
                .add(Json.read("{\"instruction\": {\"text\": \"hello\"}}"));

        assertThat(TokenCounter.count(Engine.CONVERSATION_FLOW, flow).staticTokens())
                .isEqualTo(TokenCounter.count("%secret") + 3);
    }
}
