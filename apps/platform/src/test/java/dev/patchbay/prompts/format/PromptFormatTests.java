package dev.patchbay.prompts.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.patchbay.kernel.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class PromptFormatTests {

    private static final String HEAD = """
            ---
            name: a-prompt
            version: 1.0.0
            variables:
              city: { type: text, required: true }
              services: { type: list, default: [] }
              minutes: { type: integer, default: 30, min: 5, max: 240 }
            retell:
              engine: retell-llm
              agent: { voice_id: "v", wait: "[[minutes]]", url: "%address ingress.retell", note: "%%part" }
              settings: { general_prompt: "%part" }
            ---
            """;

    @ParameterizedTest
    @CsvSource({"receptionist.md, RETELL_LLM, 4", "qualifier.md, CONVERSATION_FLOW, 6"})
    void promptsOfThePacksAreParsedAndWrittenAsTheSame(String file, Engine engine, int parts) throws IOException {
        String text = Files.readString(Path.of("src/test/resources/prompts/packs", file));

        PromptFile parsed = PromptFormat.parse(text);

        assertThat(parsed.engine()).isEqualTo(engine);
        assertThat(parsed.parts()).hasSize(parts);
        PromptFile again = PromptFormat.parse(PromptFormat.write(parsed));
        assertThat(again.parts()).isEqualTo(parsed.parts());
        assertThat(again.agent()).isEqualTo(parsed.agent());
        assertThat(again.settings()).isEqualTo(parsed.settings());
        assertThat(again.variables()).isEqualTo(parsed.variables());
    }

    @Test
    void aTemplateIsRenderedWithAClientsValues() {
        PromptFile file = PromptFormat.parse(HEAD + """
                You answer for [[client_name]] in [[city]], {{current_time}}.
                [[services]]
                Also: [[services]]. Write \\[[city]] to mean the text. [[minutes]] minutes.""");

        Rendered rendered = PromptRenderer.render(
                file,
                values(
                        "client_name",
                        "\"Northside\"",
                        "city",
                        "\"Austin\"",
                        "services",
                        "[\"check-up\", \"cleaning\"]"));

        assertThat(rendered.problems()).isEmpty();
        assertThat(rendered.engine().path("general_prompt").asString()).isEqualTo("""
                You answer for Northside in Austin, {{current_time}}.
                check-up
                cleaning
                Also: check-up, cleaning. Write [[city]] to mean the text. 30 minutes.""");
        assertThat(rendered.lineMaps()).containsEntry("general", List.of(0, 1, 1, 2));
        assertThat(rendered.agent().path("wait").isInt()
                        || rendered.agent().path("wait").isNumber())
                .isTrue();
        var resolved =
                PromptRenderer.resolve(rendered.agent(), name -> Optional.of("https://" + name.replace(' ', '/')));
        assertThat(resolved.path("url").asString()).isEqualTo("https://address/ingress.retell");
        assertThat(resolved.path("note").asString()).isEqualTo("%part");
        assertThat(catchThrowableOfType(
                                PromptRejected.class,
                                () -> PromptRenderer.resolve(rendered.agent(), name -> Optional.empty()))
                        .problems()
                        .getFirst()
                        .code())
                .isEqualTo("unknown_target");
    }

    @Test
    void nothingInAValueIsReadAgain() {
        PromptFile file = PromptFormat.parse(HEAD.replace("\"%%part\"", "\"[[city]]\"") + "In [[city]].");

        Rendered rendered = PromptRenderer.render(file, values("city", "\"%part of $1 \\\\ it\""));

        assertThat(rendered.problems()).extracting(PromptProblem::code).containsExactly("unused_variable");
        assertThat(rendered.engine().path("general_prompt").asString()).isEqualTo("In %part of $1 \\ it.");
        assertThat(PromptRenderer.resolve(rendered.agent(), name -> Optional.of(""))
                        .path("note")
                        .asString())
                .isEqualTo("%part of $1 \\ it");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "city | null | unresolved",
                "city | 7 | bad_value",
                "city | \"{{x}}\" | bad_value",
                "city | \"[[city]]\" | bad_value",
                "city | \"a\\u0001\" | bad_value",
                "city | \"%%% state/x\" | bad_value",
                "minutes | 4 | bad_value",
                "minutes | 241 | bad_value",
                "minutes | 5.5 | bad_value",
                "services | [\"a\\nb\"] | bad_value",
                "services | [\"[[x]]\"] | bad_value"
            })
    void valuesThatDoNotFitAreNamed(String name, String value, String code) {
        PromptFile file = PromptFormat.parse(HEAD + "[[city]] [[services]] [[minutes]] \\[[unknown]]");
        Map<String, JsonNode> values = values("city", "\"Austin\"");
        values.put(name, Json.read(value));

        assertThat(PromptRenderer.render(file, values).problems())
                .extracting(PromptProblem::code)
                .containsExactly(code);
    }

    @Test
    void anUndeclaredVariableIsNamedWithItsLine() {
        PromptFile file = PromptFormat.parse(HEAD + "[[city]] [[minutes]] [[services]]\n[[town]]");

        var problem = PromptRenderer.render(file, values("city", "\"Austin\""))
                .problems()
                .getFirst();

        assertThat(problem.code()).isEqualTo("unknown_variable");
        assertThat(problem.part()).isEqualTo("general");
        assertThat(problem.line()).isEqualTo(14);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name: a-prompt | name: &x a-prompt\\nfoo: *x | alias",
                "version: 1.0.0 | version: !int 1.0.0 | tag",
                "version: 1.0.0 | version: 1.0.0\\nversion: 1.0.0 | duplicate_key",
                "version: 1.0.0 | version: one | schema",
                "version: 1.0.0 | version: 1.0.0\\ncolour: red | schema",
                "engine: retell-llm | engine: llama | schema",
                "type: list, default: [] | type: heap | schema",
                "type: list, default: [] | type: choice | schema",
                "type: list, default: [] | type: text, required: true, default: x | schema",
                "type: list, default: [] | type: text, pattern: '(' | schema",
                "type: list, default: [] | type: text, colour: red | schema",
                "services: | Services: | schema",
                "\"%part\" | \"You speak\" | part_unused",
                "min: 5 | min: .inf | odd_number",
                "min: 5 | min: 1e9999 | odd_number"
            })
    void brokenFilesAreRefusedByName(String from, String to, String code) {
        String text = HEAD.replace(from, to.replace("\\n", "\n")) + "Hello.";

        assertThat(catchThrowableOfType(PromptRejected.class, () -> PromptFormat.parse(text))
                        .problems())
                .extracting(PromptProblem::code)
                .contains(code);
    }

    @ParameterizedTest
    @CsvSource({"%%% chapter/x, unknown_part", "%%% state/x, part_unused", "%%% state/x:%%% state/x, part_doubled"})
    void brokenPartsAreRefusedByName(String markers, String code) {
        String text = HEAD + "Hello.\n" + markers.replace(":", "\n") + "\nText.";

        assertThat(catchThrowableOfType(PromptRejected.class, () -> PromptFormat.parse(text))
                        .problems())
                .extracting(PromptProblem::code)
                .contains(code);
    }

    @Test
    void aMissingPartIsNamed() {
        String text = HEAD.replace(
                "general_prompt: \"%part\"",
                "general_prompt: \"%part\", states: [{name: book, state_prompt: \"%part\"}]");

        assertThat(catchThrowableOfType(PromptRejected.class, () -> PromptFormat.parse(text))
                        .problems())
                .extracting(PromptProblem::code, PromptProblem::path)
                .containsExactly(tuple("part_missing", "/retell/settings/states/0/state_prompt"));
    }

    @Test
    void aFileThatIsTooLargeOrHasNoFrontMatterIsRefused() {
        for (var entry : Map.of(
                        "x".repeat(PromptFormat.MAX_BYTES + 1),
                        "too_large",
                        "# Prompt",
                        "no_front_matter",
                        "---\nname: x",
                        "no_front_matter",
                        "---\n- a\n---\n",
                        "schema",
                        "---\nretell: 1\n---\n",
                        "schema",
                        "---\na: [\n---\n",
                        "not_yaml")
                .entrySet()) {
            assertThat(catchThrowableOfType(PromptRejected.class, () -> PromptFormat.parse(entry.getKey()))
                            .problems()
                            .getFirst()
                            .code())
                    .isEqualTo(entry.getValue());
        }
    }

    private static Map<String, JsonNode> values(String... pairs) {
        Map<String, JsonNode> values = new TreeMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            values.put(pairs[i], Json.read(pairs[i + 1]));
        }
        return values;
    }

    @Test
    void aValueIsNoDirective() {
        PromptFile file = PromptFormat.parse(
                HEAD.replace("note: \"%%part\"", "note: \"[[city]] and more\"") + "[[services]] [[minutes]]");

        Rendered rendered = PromptRenderer.render(file, values("city", "\"%secret KEY\""));

        assertThat(rendered.problems()).isEmpty();
        assertThat(PromptRenderer.resolve(rendered.agent(), name -> Optional.of("resolved"))
                        .path("note")
                        .asString())
                .isEqualTo("%secret KEY and more");
    }

    @Test
    void aDefaultOfNullIsNoValue() {
        PromptFile file =
                PromptFormat.parse(HEAD.replace("default: []", "default: null") + "In [[city]]: [[services]].");

        Rendered rendered = PromptRenderer.render(file, values("city", "\"Austin\""));

        assertThat(rendered.problems()).isEmpty();
        assertThat(rendered.parts()).containsEntry("general", "In Austin: .");
    }

    @Test
    void membersThatAreNullAreLeftOut() {
        assertThat(Escapes.mapTexts(Json.read("{\"a\": null, \"b\": [\"c\", 1]}"), text -> text + "!"))
                .isEqualTo(Json.read("{\"b\": [\"c!\", 1]}"));
    }

    @Test
    void aPlaceOfWhichNothingIsKnownIsInTheFirstLine() {
        PromptFile file = PromptFormat.parse(HEAD + "In [[city]].");

        assertThat(file.line("state/unknown")).isEqualTo(1);
        assertThat(file.line("/variables/city/type/deeper")).isEqualTo(file.line("/variables/city/type"));
    }

    @Test
    void onlyNamedStatesAndNodesWithInstructionsHoldParts() {
        var settings = Json.object();
        settings.putArray("states")
                .add("book")
                .add(Json.object())
                .add(Json.object().put("name", "book"));
        settings.putArray("nodes")
                .add(Json.object().put("id", "end"))
                .add(Json.read("{\"id\": \"ask\", \"instruction\": {\"text\": \"%part\"}}"));

        var places = PromptParts.places(Engine.CONVERSATION_FLOW, settings);

        assertThat(places.values())
                .extracting(PromptParts.Place::pointer)
                .containsExactly(
                        "/retell/settings/global_prompt",
                        "/retell/settings/states/2/state_prompt",
                        "/retell/settings/nodes/1/instruction/text");
        assertThat(places.lastEntry().getValue().findHolder(settings))
                .contains(Json.object().put("text", "%part"));
        assertThat(places.lastEntry().getValue().findHolder(Json.object())).isEmpty();
    }
}
