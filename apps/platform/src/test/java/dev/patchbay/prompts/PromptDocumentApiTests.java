package dev.patchbay.prompts;

import static dev.patchbay.prompts.PromptApiFixture.PROMPTS;
import static dev.patchbay.prompts.PromptApiFixture.assertProblem;
import static dev.patchbay.prompts.PromptApiFixture.file;
import static dev.patchbay.prompts.PromptApiFixture.post;
import static dev.patchbay.prompts.PromptApiFixture.template;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.kernel.Json;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.TestEnvironment;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Merges, conversions and checks of documents over HTTP, which store nothing. */
@PatchbayTest
class PromptDocumentApiTests {

    @Test
    void threeDocumentsAreMergedWithoutStoringAnything() {
        JsonNode merged = post(
                        "/merge",
                        "{\"kind\": \"text\", \"base\": \"a\\nb\\nc\", \"template\": \"a\\nB\\nc\", \"local\": \"a\\nb\\nc\\nd\"}")
                .body();

        assertThat(merged.path("merged").asString()).isEqualTo("a\nB\nc\nd");
        assertThat(merged.path("conflicts")).isEmpty();
        JsonNode conflict = post(
                        "/merge", "{\"kind\": \"json\", \"base\": {}, \"template\": {\"a\": 1}, \"local\": {\"a\": 2}}")
                .body()
                .at("/conflicts/0");
        assertThat(Json.write(conflict))
                .isEqualTo("{\"at\":\"/a\",\"kind\":\"both_added\",\"base\":null,\"template\":1,\"local\":2}");
        assertProblem(post("/merge", "{\"kind\": \"yaml\"}"), "400.schema_violation");
        assertProblem(post("/merge", "{\"kind\": \"text\", \"base\": 1}"), "400.schema_violation");
        assertThat(post("/merge", "{\"kind\": \"json\", \"template\": [], \"local\": []}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void retellsObjectsBecomeAFileAndComeBack() {
        String llm = "{\"general_prompt\": \"Hello [[name]].\", \"model\": \"gpt-4.1\", \"model_temperature\": 0.25}";
        JsonNode imported = post(
                        "/import", "{\"agent\": {\"agent_id\": \"a\", \"voice_id\": \"%v\"}, \"llm\": " + llm + "}")
                .body();

        JsonNode exported = TestEnvironment.post(
                        PROMPTS + "/export",
                        "text/markdown",
                        imported.path("source").asString())
                .body();

        assertThat(exported.path("llm").path("general_prompt").asString()).isEqualTo("Hello [[name]].");
        assertThat(exported.path("llm").path("model_temperature").asDouble()).isEqualTo(0.25);
        assertThat(Json.write(exported.path("agent"))).isEqualTo("{\"voice_id\":\"%v\"}");
        assertThat(post("/import", "{\"agent\": {}, \"flow\": {\"global_prompt\": \"Hello.\"}}")
                        .body()
                        .path("source")
                        .asString())
                .contains("conversation-flow");
        assertProblem(post("/import", "{\"agent\": {}}"), "400.schema_violation");
        assertProblem(
                post(
                        "/import",
                        "{\"agent\": {}, \"llm\": {\"general_tools\": [{\"headers\": {\"Authorization\": \"Bearer a1b2c3d4e5f6a7b8c9\"}}]}}"),
                "422.prompt_invalid");
        assertProblem(
                TestEnvironment.post(PROMPTS + "/export", "text/markdown", file("exported", "", "[[city]]")),
                "422.prompt_invalid");
    }

    @Test
    void aFileIsCheckedWithoutStoringIt() {
        JsonNode report = TestEnvironment.post(
                        PROMPTS + "/validate", "text/markdown", file("checked", "", "Say {{nothing_fills}}."))
                .body();

        assertThat(report.path("valid").asBoolean()).isTrue();
        assertThat(report.at("/problems/0/code").asString()).isEqualTo("unknown_dynamic");
        assertThat(report.at("/tokens/total").asInt()).isGreaterThan(900);
        assertThat(report.at("/surcharge/perMinute").asInt()).isZero();
        JsonNode broken = TestEnvironment.post(PROMPTS + "/validate", "text/markdown", "x")
                .body();
        assertThat(broken.path("valid").asBoolean()).isFalse();
        assertThat(broken.path("tokens").isNull()).isTrue();
    }
}
