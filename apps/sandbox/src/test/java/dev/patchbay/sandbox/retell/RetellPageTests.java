package dev.patchbay.sandbox.retell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.sandbox.SandboxFixture;
import dev.patchbay.sandbox.core.Json;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Pages of agents, numbers and calls, and the version that a query names. */
class RetellPageTests {

    private SandboxFixture sandbox;

    @BeforeEach
    void open(@TempDir Path folder) {
        sandbox = SandboxFixture.open(folder);
        sandbox.control("PUT", "/accounts", """
                {"retell": {"apiKey": "%s", "numbers": ["+12025550101", "+12025550102", "+12025550103"],
                  "agents": [{"agent_id": "agent_1"}, {"agent_id": "agent_2"}]}}""".formatted(SandboxFixture.RETELL_KEY));
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    private JsonNode ok(String method, String path, String body) {
        HttpResponse<String> response = sandbox.retell(method, path, body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return SandboxFixture.json(response);
    }

    private static List<String> values(JsonNode page, String member) {
        return page.path("items")
                .valueStream()
                .map(item -> Json.text(item, member))
                .toList();
    }

    @Test
    void listsNumbersInPages() {
        JsonNode first = ok("GET", "/v2/list-phone-numbers?limit=2", "");

        assertThat(values(first, "phone_number")).containsExactly("+12025550101", "+12025550102");
        assertThat(first.path("has_more").asBoolean()).isTrue();
        String key = Json.text(first, "pagination_key").replace("+", "%2B");
        JsonNode last = ok("GET", "/v2/list-phone-numbers?limit=2&pagination_key=" + key, "");
        assertThat(values(last, "phone_number")).containsExactly("+12025550103");
        assertThat(last.path("has_more").asBoolean()).isFalse();
        assertThat(last.has("pagination_key")).isFalse();
    }

    @Test
    void listsAgentsInPages() {
        List<String> ids = new ArrayList<>();
        JsonNode page = ok("POST", "/v2/list-agents", "{\"limit\": 1}");
        ids.addAll(values(page, "agent_id"));
        assertThat(page.path("has_more").asBoolean()).isTrue();
        page = ok(
                "POST",
                "/v2/list-agents",
                "{\"limit\": 1, \"pagination_key\": \"" + Json.text(page, "pagination_key") + "\"}");
        ids.addAll(values(page, "agent_id"));

        assertThat(page.path("has_more").asBoolean()).isFalse();
        assertThat(page.has("pagination_key")).isFalse();
        assertThat(ids).containsExactlyInAnyOrder("agent_1", "agent_2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\": \"range\", \"op\": \"bt\", \"value\": [%d, 9999999999999]}",
                "{\"type\": \"number\", \"op\": \"ge\", \"value\": %d}",
                "{\"lower_threshold\": %d}"
            })
    void aKeyFromBeforeTheFiltersStartBeginsAtThatStart(String criterion) {
        for (int i = 1; i <= 3; i++) {
            sandbox.clock.tick(Duration.ofMinutes(1));
            sandbox.control("POST", "/calls", "{\"from\": \"+12025550123\", \"callId\": \"call_%d\"}".formatted(i));
        }
        String key = Json.text(
                ok("POST", "/v3/list-calls", "{\"sort_order\": \"ascending\", \"limit\": 1}"), "pagination_key");
        long start =
                ok("GET", "/v2/get-call/call_2", "").path("start_timestamp").asLong();
        String filter = "\"filter_criteria\": {\"start_timestamp\": " + criterion.formatted(start) + "}";

        JsonNode page = ok(
                "POST",
                "/v3/list-calls",
                "{\"sort_order\": \"ascending\", \"pagination_key\": \"" + key + "\", " + filter + "}");

        assertThat(values(page, "call_id")).containsExactly("call_2", "call_3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?version=", "?version=latest"})
    void aQueryWithoutANumberIsForTheLatestVersion(String query) {
        String id = created();
        ok("PATCH", "/update-agent/" + id, "{\"agent_name\": \"First\"}");
        sandbox.retell("POST", "/publish-agent-version/" + id, "{\"version\": 0}");
        assertThat(sandbox.retell("POST", "/create-agent-version/" + id, "{\"base_version\": 0}")
                        .statusCode())
                .isEqualTo(201);

        assertThat(ok("GET", "/get-agent/" + id + query, "").path("version").asInt())
                .isEqualTo(1);
        assertThat(ok("GET", "/get-agent/" + id + "?version=0", "")
                        .path("version")
                        .asInt())
                .isZero();
    }

    private String created() {
        String llm = Json.text(
                SandboxFixture.json(sandbox.retell("POST", "/create-retell-llm", "{\"general_prompt\": \"Zero\"}")),
                "llm_id");
        return Json.text(
                SandboxFixture.json(sandbox.retell(
                        "POST",
                        "/create-agent",
                        "{\"voice_id\": \"v\", \"response_engine\": {\"type\": \"retell-llm\", \"llm_id\": \"" + llm
                                + "\", \"version\": 0}}")),
                "agent_id");
    }

    @Test
    void aNumberChangesWithoutAChangeOfItsAgents() {
        String path = "/get-phone-number/%2B12025550101";
        ok(
                "PATCH",
                "/update-phone-number/%2B12025550101",
                "{\"inbound_agents\": [{\"agent_id\": \"agent_1\", \"agent_version\": \"latest\", \"weight\": 1}]}");
        JsonNode bound = ok("GET", path, "");

        ok("PATCH", "/update-phone-number/%2B12025550101", "{\"nickname\": \"Night line\"}");

        JsonNode renamed = ok("GET", path, "");
        assertThat(Json.text(renamed, "nickname")).isEqualTo("Night line");
        assertThat(renamed.path("inbound_agents")).isEqualTo(bound.path("inbound_agents"));
        assertThat(Json.text(renamed, "phone_number")).isEqualTo("+12025550101");
    }

    /** A binding to the latest version, or to another agent's, pins no version of this agent. */
    @Test
    void onlyTheVersionThatANumberNamesIsKept() {
        String free = created();
        String bound = created();
        sandbox.retell("POST", "/create-agent-version/" + free, "{\"base_version\": 0}");
        sandbox.retell("POST", "/create-agent-version/" + bound, "{\"base_version\": 0}");
        bind("+12025550101", bound, "0");
        bind("+12025550102", free, "\"latest\"");

        assertThat(delete(bound, 0)).isEqualTo(400);
        assertThat(delete(bound, 1)).isBetween(200, 204);
        assertThat(delete(free, 0)).isBetween(200, 204);
        assertThat(ok("GET", "/get-agent/" + free, "").path("version").asInt()).isEqualTo(1);
    }

    private void bind(String number, String agent, String version) {
        ok(
                "PATCH",
                "/update-phone-number/" + number.replace("+", "%2B"),
                "{\"inbound_agents\": [{\"agent_id\": \"" + agent + "\", \"agent_version\": " + version
                        + ", \"weight\": 1}]}");
    }

    private int delete(String agent, int version) {
        return sandbox.retell("DELETE", "/delete-agent-version/" + agent + "?version=" + version, "")
                .statusCode();
    }
}
