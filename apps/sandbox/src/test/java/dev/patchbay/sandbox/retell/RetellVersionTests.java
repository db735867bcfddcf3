package dev.patchbay.sandbox.retell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.sandbox.SandboxFixture;
import dev.patchbay.sandbox.core.Json;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Versions of agents and engines, publishing, and the numbers that are pinned to them. */
class RetellVersionTests {

    private static final String NUMBER = "+12137771235";

    private SandboxFixture sandbox;

    @BeforeEach
    void open(@TempDir Path folder) {
        sandbox = SandboxFixture.open(folder);
        sandbox.control(
                "PUT",
                "/accounts",
                "{\"retell\": {\"apiKey\": \"" + SandboxFixture.RETELL_KEY + "\", \"numbers\": [\"" + NUMBER + "\"]}}");
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    private JsonNode ok(int status, String method, String path, String body) {
        HttpResponse<String> response = sandbox.retell(method, path, body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        return response.body().isEmpty() ? Json.object() : SandboxFixture.json(response);
    }

    /** An agent with an LLM, both at version 0. */
    private String agent() {
        String llm = Json.text(ok(201, "POST", "/create-retell-llm", "{\"general_prompt\": \"Zero\"}"), "llm_id");
        return Json.text(
                ok(
                        201,
                        "POST",
                        "/create-agent",
                        "{\"voice_id\": \"v\", \"response_engine\": {\"type\": \"retell-llm\", \"llm_id\": \"" + llm
                                + "\", \"version\": 0}}"),
                "agent_id");
    }

    private String llm(String agent) {
        return Json.text(ok(200, "GET", "/get-agent/" + agent, "").path("response_engine"), "llm_id");
    }

    @Test
    void anAgentAndItsEngineGetOneNumber() {
        String agent = agent();
        JsonNode draft = ok(201, "POST", "/create-agent-version/" + agent, "{\"base_version\": 0}");

        assertThat(draft.path("version").asInt()).isEqualTo(1);
        assertThat(draft.path("base_version").asInt()).isZero();
        assertThat(draft.path("is_published").asBoolean()).isFalse();
        assertThat(draft.path("response_engine").path("version").asInt()).isEqualTo(1);
        ok(200, "PATCH", "/update-retell-llm/" + llm(agent) + "?version=1", "{\"general_prompt\": \"One\"}");
        assertThat(Json.text(ok(200, "GET", "/get-retell-llm/" + llm(agent) + "?version=0", ""), "general_prompt"))
                .isEqualTo("Zero");
        assertThat(Json.text(ok(200, "GET", "/get-retell-llm/" + llm(agent) + "?version=1", ""), "general_prompt"))
                .isEqualTo("One");
        ok(400, "POST", "/create-agent-version/" + agent, "{}");
        ok(422, "POST", "/create-agent-version/" + agent, "{\"base_version\": 9}");
    }

    @Test
    void aPublishedVersionNeverChanges() {
        String agent = agent();

        HttpResponse<String> published = sandbox.retell(
                "POST", "/publish-agent-version/" + agent, "{\"version\": 0, \"version_title\": \"First\"}");

        assertThat(published.statusCode()).isEqualTo(200);
        assertThat(published.body()).isEmpty();
        assertThat(published.headers().firstValue("Content-Type")).isEmpty();
        ok(412, "PATCH", "/update-agent/" + agent + "?version=0", "{\"voice_id\": \"w\"}");
        ok(422, "PATCH", "/update-retell-llm/" + llm(agent) + "?version=0", "{\"general_prompt\": \"x\"}");
        ok(400, "POST", "/publish-agent-version/" + agent, "{\"version\": 0}");
        ok(422, "POST", "/publish-agent-version/" + agent, "{\"version\": 5}");
        JsonNode versions = ok(200, "GET", "/list-agent-versions/" + agent + "?limit=1", "");
        assertThat(versions.path("has_more").asBoolean()).isFalse();
        assertThat(Json.text(versions.path("items").path(0), "version_title")).isEqualTo("First");
    }

    @Test
    void aMemberSetToNullAnswersItsDefault() {
        String agent = agent();
        ok(200, "PATCH", "/update-agent/" + agent, "{\"interruption_sensitivity\": 0.5}");
        ok(200, "PATCH", "/update-agent/" + agent, "{\"interruption_sensitivity\": null}");

        assertThat(ok(200, "GET", "/get-agent/" + agent, "")
                        .path("interruption_sensitivity")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void aCallSpeaksTheVersionThatTheNumberIsPinnedTo() {
        String agent = agent();
        ok(200, "POST", "/publish-agent-version/" + agent, "{\"version\": 0}");
        bind(agent, "\"latest\"");
        ok(201, "POST", "/create-agent-version/" + agent, "{\"base_version\": 0}");
        ok(200, "PATCH", "/update-retell-llm/" + llm(agent) + "?version=1", "{\"general_prompt\": \"Half\"}");

        assertThat(call("call_draft").path("agent_version").asInt()).isEqualTo(1);
        bind(agent, "0");
        JsonNode pinned = call("call_pinned");
        assertThat(pinned.path("agent_version").asInt()).isZero();
        bind(agent, "\"latest_published\"");
        call("call_published");
        assertThat(promptDigest("call_published")).isEqualTo(promptDigest("call_pinned"));
        assertThat(promptDigest("call_draft")).isNotEqualTo(promptDigest("call_pinned"));
    }

    private String promptDigest(String call) {
        return sandbox.state()
                .at("/retell/prompts")
                .valueStream()
                .filter(prompt -> Json.text(prompt, "callId").equals(call))
                .map(prompt -> Json.text(prompt, "sha256"))
                .findFirst()
                .orElseThrow();
    }

    private JsonNode call(String id) {
        sandbox.control(
                "POST",
                "/calls",
                "{\"from\": \"+12025550123\", \"to\": \"" + NUMBER + "\", \"callId\": \"" + id + "\"}");
        return ok(200, "GET", "/v2/get-call/" + id, "");
    }

    private void bind(String agent, String version) {
        ok(
                200,
                "PATCH",
                "/update-phone-number/%2B12137771235",
                "{\"inbound_agents\": [{\"agent_id\": \"" + agent + "\", \"agent_version\": " + version
                        + ", \"weight\": 1}]}");
    }

    @Test
    void aNumberRefusesOddWeightsAndUnknownVersions() {
        String agent = agent();
        String path = "/update-phone-number/%2B12137771235";

        ok(
                400,
                "PATCH",
                path,
                "{\"inbound_agents\": [{\"agent_id\": \"" + agent + "\", \"agent_version\": 0, \"weight\": 0.5}]}");
        ok(
                422,
                "PATCH",
                path,
                "{\"inbound_agents\": [{\"agent_id\": \"" + agent + "\", \"agent_version\": 7, \"weight\": 1}]}");
        ok(
                422,
                "PATCH",
                path,
                "{\"inbound_agents\": [{\"agent_id\": \"agent_x\", \"agent_version\": 0, \"weight\": 1}]}");
        ok(422, "GET", "/get-phone-number/%2B15005550000", "");
        ok(200, "PATCH", path, "{\"inbound_agents\": []}");
        JsonNode list = ok(200, "GET", "/v2/list-phone-numbers", "");
        assertThat(Json.text(list.path("items").path(0), "phone_number")).isEqualTo(NUMBER);
    }

    @Test
    void aVersionThatANumberUsesIsNotDeleted() {
        String agent = agent();
        ok(400, "DELETE", "/delete-agent-version/" + agent + "?version=0", "");
        ok(201, "POST", "/create-agent-version/" + agent, "{\"base_version\": 0}");
        ok(201, "POST", "/create-agent-version/" + agent, "{\"base_version\": 1}");
        bind(agent, "1");

        ok(400, "DELETE", "/delete-agent-version/" + agent + "?version=1", "");
        ok(204, "DELETE", "/delete-agent-version/" + agent + "?version=2", "");
        ok(204, "DELETE", "/delete-agent-version/" + agent + "?version=0", "");
        JsonNode versions = ok(200, "GET", "/get-agent-versions/" + agent, "");
        assertThat(versions).hasSize(1);
        assertThat(versions.path(0).path("version").asInt()).isEqualTo(1);
    }

    @Test
    void conversationFlowsAreVersionedAlike() {
        String flow = Json.text(
                ok(201, "POST", "/create-conversation-flow", "{\"global_prompt\": \"Zero\"}"), "conversation_flow_id");
        String agent = Json.text(
                ok(
                        201,
                        "POST",
                        "/create-agent",
                        "{\"voice_id\": \"v\", \"response_engine\": {\"type\": \"conversation-flow\","
                                + " \"conversation_flow_id\": \"" + flow + "\"}}"),
                "agent_id");
        ok(201, "POST", "/create-agent-version/" + agent, "{\"base_version\": 0}");
        ok(200, "PATCH", "/update-conversation-flow/" + flow + "?version=1", "{\"global_prompt\": \"One\"}");

        assertThat(Json.text(ok(200, "GET", "/get-conversation-flow/" + flow, ""), "global_prompt"))
                .isEqualTo("One");
        assertThat(ok(200, "GET", "/v2/list-conversation-flows", "").path("items"))
                .hasSize(1);
        assertThat(ok(200, "GET", "/v2/list-retell-llms?limit=1", "").path("items"))
                .isEmpty();
        ok(422, "GET", "/get-conversation-flow/unknown", "");
    }
}
