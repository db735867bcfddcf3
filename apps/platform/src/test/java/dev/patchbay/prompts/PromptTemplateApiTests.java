package dev.patchbay.prompts;

import static dev.patchbay.prompts.PromptApiFixture.PROMPTS;
import static dev.patchbay.prompts.PromptApiFixture.assertAudited;
import static dev.patchbay.prompts.PromptApiFixture.assertProblem;
import static dev.patchbay.prompts.PromptApiFixture.create;
import static dev.patchbay.prompts.PromptApiFixture.file;
import static dev.patchbay.prompts.PromptApiFixture.post;
import static dev.patchbay.prompts.PromptApiFixture.put;
import static dev.patchbay.prompts.PromptApiFixture.template;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.TestEnvironment.Reply;
import dev.patchbay.testing.TestEnvironment;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Templates over HTTP: drafts, releases and their versions. */
@PatchbayTest
class PromptTemplateApiTests {

    @Test
    void aReleaseGetsTheVersionThatItsChangesNeed() {
        String id = template("versions", "city: { type: text }", "Hello [[city]].");
        String release = "/templates/" + id + "/release";
        assertThat(post(release, "{}").body().path("version").asString()).isEqualTo("1.0.0");
        assertProblem(post(release, "{}"), "409.version_conflict");
        String draft = "/templates/" + id + "/draft";

        put(draft, "text/markdown", "2", file("versions", "city: { type: text }", "Hello to [[city]]."));
        assertThat(post(release, "{}").body().path("version").asString()).isEqualTo("1.0.1");
        put(draft, "text/markdown", "4", file("versions", "city: { type: text }, b: { type: text }", "[[city]] [[b]]"));
        assertThat(post(release, "{\"notes\": \"b\"}").body().path("version").asString())
                .isEqualTo("1.1.0");
        put(draft, "text/markdown", "6", file("versions", "b: { type: text, required: true }", "[[b]]"));
        assertProblem(post(release, "{\"version\": \"1.2.0\"}"), "409.version_conflict");
        assertProblem(post(release, "{\"version\": \"two\"}"), "409.version_conflict");
        assertThat(post(release, "{\"version\": \"3.0.0\"}")
                        .body()
                        .path("version")
                        .asString())
                .isEqualTo("3.0.0");

        JsonNode detail = TestEnvironment.get(PROMPTS + "/templates/" + id).body();
        assertThat(detail.path("releases")).hasSize(4);
        assertThat(detail.path("draft").asString()).contains("3.0.0");
        assertThat(detail.path("template").path("hasDraft").asBoolean()).isFalse();
        assertThat(TestEnvironment.get(PROMPTS + "/templates/" + id + "/releases/1.0.1")
                        .body()
                        .path("source")
                        .asString())
                .contains("Hello to [[city]].");
        assertAudited("template/" + id, "template.drafted", 4);
        assertAudited("template/" + id, "template.released", 4);
        assertThat(TestEnvironment.get(PROMPTS + "/templates").body().toString())
                .contains(id);
    }

    @Test
    void aDraftIsEditedOnItsRevisionOnly() {
        String id = template("revisions", "", "One.");
        String draft = "/templates/" + id + "/draft";

        assertProblem(put(draft, "text/markdown", "7", file("revisions", "", "Two.")), "409.version_conflict");
        assertProblem(put(draft, "text/markdown", "x", file("revisions", "", "Two.")), "400.malformed_request");
        assertProblem(put(draft, "text/markdown", "1", file("other", "", "Two.")), "409.version_conflict");
        assertProblem(put(draft, "text/markdown", "1", "Two."), "422.prompt_invalid");
        assertThat(put(draft, "text/markdown", "\"1\"", file("revisions", "", "Two."))
                        .status())
                .isEqualTo(200);
        assertProblem(create(file("revisions", "", "Three.")), "409.version_conflict");
        assertProblem(create("Three."), "422.prompt_invalid");
        assertProblem(TestEnvironment.get(PROMPTS + "/templates/tpl_none"), "404.prompt_not_found");
        assertProblem(TestEnvironment.get(PROMPTS + "/templates/%20"), "404.prompt_not_found");
        assertProblem(post("/templates/tpl_none/release", "{}"), "404.prompt_not_found");
        assertProblem(TestEnvironment.get(PROMPTS + "/templates/" + id + "/releases/9.9.9"), "404.prompt_not_found");
        assertProblem(
                put("/templates/tpl_none/draft", "text/markdown", "1", file("x-y", "", "")), "404.prompt_not_found");
    }

    @Test
    void aTemplateThatAsksForCardNumbersIsNotReleased() {
        String id = template("cards", "", "Ask for the card number.");

        Reply refused = post("/templates/" + id + "/release", "{}");

        assertProblem(refused, "422.prompt_invalid");
        assertThat(refused.body().at("/problems/0/code").asString()).isEqualTo("forbidden");
        assertThat(refused.body().at("/problems/0/line").asInt()).isEqualTo(10);
    }
}
