package dev.patchbay.prompts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.kernel.Json;
import dev.patchbay.testing.TestEnvironment.Reply;
import dev.patchbay.testing.TestEnvironment;
import java.net.URI;
import java.net.http.HttpRequest;

/** Requests to the API of prompts, and prompt files for them. */
final class PromptApiFixture {

    static final String PROMPTS = "/api/v1/prompts";
    static final String CLIENT = "cli_northside";

    private PromptApiFixture() {}

    static String file(String name, String variables, String text) {
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

    static Reply create(String file) {
        return TestEnvironment.post(PROMPTS + "/templates", "text/markdown", file);
    }

    static Reply put(String path, String contentType, String revision, String body) {
        return TestEnvironment.send(
                TestEnvironment.request(URI.create("http://127.0.0.1:" + TestEnvironment.PORT + PROMPTS + path))
                        .header(
                                "Authorization",
                                "Bearer " + TestEnvironment.dev().path("token").asString())
                        .header("Content-Type", contentType)
                        .header("If-Match", revision)
                        .PUT(HttpRequest.BodyPublishers.ofString(body)));
    }

    static Reply post(String path, String body) {
        return TestEnvironment.post(PROMPTS + path, Json.read(body));
    }

    static String template(String name, String variables, String text) {
        Reply created = create(file(name, variables, text));
        assertThat(created.status()).as(created.body().toString()).isEqualTo(201);
        return created.body().path("id").asString();
    }

    static void assertProblem(Reply reply, String code) {
        assertThat(reply.body().path("code").asString())
                .as(reply.body().toString())
                .isEqualTo(code);
    }

    static void assertAudited(String resource, String action, int entries) {
        assertThat(TestEnvironment.get("/api/v1/audit?resource=" + resource + "&action=" + action)
                        .body()
                        .path("items"))
                .as(action)
                .hasSize(entries);
    }
}
