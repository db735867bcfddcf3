package dev.patchbay.prompts;

import static dev.patchbay.prompts.PromptApiFixture.CLIENT;
import static dev.patchbay.prompts.PromptApiFixture.PROMPTS;
import static dev.patchbay.prompts.PromptApiFixture.assertAudited;
import static dev.patchbay.prompts.PromptApiFixture.assertProblem;
import static dev.patchbay.prompts.PromptApiFixture.file;
import static dev.patchbay.prompts.PromptApiFixture.post;
import static dev.patchbay.prompts.PromptApiFixture.put;
import static dev.patchbay.prompts.PromptApiFixture.template;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.iam.PeopleFixture;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.TestEnvironment.Reply;
import dev.patchbay.testing.TestEnvironment;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Clients' prompts over HTTP: edits, updates by a merge, releases and approvals. */
@PatchbayTest
class PromptInstanceApiTests {

    @Autowired
    private PeopleFixture people;

    @Test
    void aClientsPromptIsUpdatedByAMerge() {
        String variables = "city: { type: text, required: true }";
        String id = template("updates", variables, "# Greet\nHello from [[city]].\n\n# Book\nOffer two times.\n");
        post("/templates/" + id + "/release", "{}");
        Reply created = post(
                "/instances",
                "{\"clientId\": \"" + CLIENT + "\", \"templateId\": \"" + id
                        + "\", \"values\": {\"city\": \"Austin\"}}");
        assertThat(created.status()).as(created.body().toString()).isEqualTo(201);
        String prompt = "prompt/" + created.body().path("id").asString();
        assertAudited(prompt, "prompt.edited", 1);
        String instance = "/instances/" + created.body().path("id").asString();
        put(
                instance + "/source",
                "text/markdown",
                "1",
                file("updates", variables, "# Greet\nHello from [[city]], kindly.\n\n# Book\nOffer one time.\n"));
        assertAudited(prompt, "prompt.edited", 2);
        put(
                "/templates/" + id + "/draft",
                "text/markdown",
                "2",
                file("updates", variables, "# Greet\nHello from [[city]].\n\n# Book\nOffer three times.\n"));
        post("/templates/" + id + "/release", "{}");

        JsonNode preview =
                TestEnvironment.get(PROMPTS + instance + "/update?to=1.0.1").body();

        assertThat(preview.path("conflicts")).hasSize(1);
        assertThat(preview.at("/conflicts/0/part").asString()).isEqualTo("general");
        assertThat(preview.at("/conflicts/0/conflict/at").asString()).isEqualTo("book");
        assertThat(preview.at("/conflicts/0/conflict/kind").asString()).isEqualTo("same_lines");
        assertProblem(update(instance, "2", "1.0.1", ""), "409.version_conflict");
        assertProblem(update(instance, "1", "1.0.1", "{\"take\": \"local\"}"), "409.version_conflict");
        assertProblem(update(instance, "1", "1.0.1", "{\"take\": \"both\"}"), "409.version_conflict");
        assertProblem(
                update(instance, "1", "1.0.1", "{\"take\": \"text\", \"text\": \"Offer.\"}"), "409.version_conflict");
        assertProblem(update(instance, "2", "1.0.1", "{\"take\": \"nothing\"}"), "400.schema_violation");
        assertThat(update(instance, "2", "1.0.1", "{\"take\": \"template\"}")
                        .body()
                        .path("baseVersion")
                        .asString())
                .isEqualTo("1.0.1");
        assertAudited(prompt, "merge.applied", 1);
        String source =
                TestEnvironment.get(PROMPTS + instance).body().path("source").asString();
        assertThat(source).contains("Hello from [[city]], kindly.", "Offer three times.");
        JsonNode diff = TestEnvironment.get(PROMPTS + instance + "/diff?from=template:1.0.1&to=draft")
                .body();
        assertThat(diff.path("lines").toString())
                .contains("+Hello from [[city]], kindly.")
                .doesNotContain("+Offer");
        assertProblem(TestEnvironment.get(PROMPTS + instance + "/diff?from=x&to=draft"), "400.malformed_request");
        assertProblem(
                TestEnvironment.get(PROMPTS + instance + "/diff?from=release:x&to=draft"), "400.malformed_request");
        assertProblem(
                TestEnvironment.get(PROMPTS + instance + "/diff?from=release:1&to=draft"), "404.prompt_not_found");
        assertThat(TestEnvironment.get(PROMPTS + "/instances?client=" + CLIENT)
                        .body()
                        .toString())
                .contains(created.body().path("id").asString());
    }

    private static Reply update(String instance, String revision, String to, String resolution) {
        return TestEnvironment.send(TestEnvironment.request(
                        URI.create("http://127.0.0.1:" + TestEnvironment.PORT + PROMPTS + instance + "/update"))
                .header(
                        "Authorization",
                        "Bearer " + TestEnvironment.dev().path("token").asString())
                .header("Content-Type", "application/json")
                .header("If-Match", revision)
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"to\": \"" + to + "\", \"resolutions\": [" + resolution + "]}")));
    }

    @Test
    void aReleaseNeedsEveryValueAndAnotherPersonToApproveIt() {
        String id = template("approved", "city: { type: text, required: true }", "Hello [[city]] of [[client_name]].");
        assertProblem(newPrompt(id, ""), "409.version_conflict");
        post("/templates/" + id + "/release", "{}");
        String prompt = newPrompt(id, "").body().path("id").asString();
        String instance = "/instances/" + prompt;
        assertProblem(newPrompt(id, ""), "409.version_conflict");
        assertProblem(post(instance + "/releases", "{}"), "422.prompt_invalid");
        assertThat(put(instance + "/values", "application/json", "1", "{\"city\": \"Austin\"}")
                        .status())
                .isEqualTo(200);
        assertAudited("prompt/" + prompt, "prompt.edited", 2);
        assertThat(TestEnvironment.get(PROMPTS + instance + "/validation")
                        .body()
                        .path("valid")
                        .asBoolean())
                .isTrue();

        JsonNode release = post(instance + "/releases", "{}").body();

        assertThat(release.path("state").asString()).isEqualTo("validated");
        assertThat(release.path("number").asInt()).isEqualTo(1);
        String path = "/releases/" + release.path("id").asString();
        assertAudited("prompt/" + prompt, "prompt.released", 1);
        assertProblem(post(path + "/approve", "{}"), "409.version_conflict");
        String other = people.issueToken(new TenantId("tnt_demo"), Optional.empty(), "approve:prompts");
        Reply approved = TestEnvironment.send(TestEnvironment.request(
                        URI.create("http://127.0.0.1:" + TestEnvironment.PORT + PROMPTS + path + "/approve"))
                .header("Authorization", "Bearer " + other)
                .POST(HttpRequest.BodyPublishers.noBody()));
        assertThat(approved.body().path("state").asString())
                .as(approved.body().toString())
                .isEqualTo("approved");
        assertAudited("prompt/" + prompt, "prompt.approved", 1);
        assertThat(post(path + "/withdraw", "{}").body().path("state").asString())
                .isEqualTo("withdrawn");
        assertAudited("prompt/" + prompt, "prompt.withdrawn", 1);
        assertProblem(post(path + "/withdraw", "{}"), "409.version_conflict");
        assertProblem(post("/releases/prr_none/withdraw", "{}"), "404.prompt_not_found");
        assertThat(TestEnvironment.get(PROMPTS + instance + "/releases").body().path("items"))
                .hasSize(1);
        assertThat(TestEnvironment.get(PROMPTS + instance + "/diff?from=release:1&to=draft")
                        .body()
                        .path("lines"))
                .isEmpty();
        assertProblem(TestEnvironment.get(PROMPTS + "/instances/pri_none"), "404.prompt_not_found");
    }

    @Test
    void nothingNewIsMadeFromAWithdrawnRelease() {
        String id = template("withdrawn", "", "Hello.");
        post("/templates/" + id + "/release", "{}");
        String release = "/templates/" + id + "/releases/1.0.0/withdraw";
        assertThat(post(release, "{}").body().path("state").asString()).isEqualTo("withdrawn");
        assertThat(post(release, "{}").status()).isEqualTo(200);
        assertAudited("template/" + id, "template.withdrawn", 1);

        assertProblem(newPrompt(id, ", \"version\": \"1.0.0\""), "409.version_conflict");
        assertProblem(
                post("/instances", "{\"clientId\": \"cli_none\", \"templateId\": \"" + id + "\"}"),
                "404.client_not_found");
    }

    private static Reply newPrompt(String template, String more) {
        return post(
                "/instances", "{\"clientId\": \"" + CLIENT + "\", \"templateId\": \"" + template + "\"" + more + "}");
    }
}
