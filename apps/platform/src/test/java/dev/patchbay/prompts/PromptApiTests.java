package dev.patchbay.prompts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.iam.PeopleFixture;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.TestEnvironment;
import dev.patchbay.testing.TestEnvironment.Reply;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Templates, clients' prompts and merges over HTTP. */
@PatchbayTest
class PromptApiTests {

    private static final String PROMPTS = "/api/v1/prompts";
    private static final String CLIENT = "cli_northside";

    @Autowired
    private PeopleFixture people;

    private static String file(String name, String variables, String text) {
        return """
                ---
                name: NAME
                version: 1.0.0
                variables: { VARIABLES }
                retell:
                  engine: retell-llm
                  agent: { voice_id: "v" }
                  settings: { general_prompt: "%part" }
                ---
                """.replace("NAME", name).replace("VARIABLES", variables) + text;
    }

    private static Reply create(String file) {
        return TestEnvironment.post(PROMPTS + "/templates", "text/markdown", file);
    }

    private static Reply put(String path, String contentType, String revision, String body) {
        return TestEnvironment.send(
                TestEnvironment.request(URI.create("http://127.0.0.1:" + TestEnvironment.PORT + PROMPTS + path))
                        .header(
                                "Authorization",
                                "Bearer " + TestEnvironment.dev().path("token").asString())
                        .header("Content-Type", contentType)
                        .header("If-Match", revision)
                        .PUT(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static Reply post(String path, String body) {
        return TestEnvironment.post(PROMPTS + path, Json.read(body));
    }

    private static String template(String name, String variables, String text) {
        Reply created = create(file(name, variables, text));
        assertThat(created.status()).as(created.body().toString()).isEqualTo(201);
        return created.body().path("id").asString();
    }

    private static void assertProblem(Reply reply, String code) {
        assertThat(reply.body().path("code").asString())
                .as(reply.body().toString())
                .isEqualTo(code);
    }

    private static void assertAudited(String resource, String action, int entries) {
        assertThat(TestEnvironment.get("/api/v1/audit?resource=" + resource + "&action=" + action)
                        .body()
                        .path("items"))
                .as(action)
                .hasSize(entries);
    }

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
