package dev.patchbay.sandbox.retell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.sandbox.SandboxFixture;
import dev.patchbay.sandbox.core.Json;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Agents, calls and webhooks. {@code node-sdk-tests} has the tests with Retell's own client. */
class RetellTests {

    private static final String CALL = """
            {"from": "+12025550123", "firstName": "Jane", "lastName": "Doe", "email": "jane@doe.test", "callId": "call_1",
             "slot": "2026-12-01T10:00:00-05:00", "durationSeconds": 90, "analysis": {"service": "drain"}}""";

    private SandboxFixture sandbox;

    @BeforeEach
    void open(@TempDir Path folder) {
        sandbox = SandboxFixture.open(folder);
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void sendsThreeSignedWebhooksForACall() {
        JsonNode placed = sandbox.control("POST", "/calls", CALL);

        assertThat(Json.text(placed, "callId")).isEqualTo("call_1");
        assertThat(placed.path("deliveries").toString())
                .isEqualTo("["
                        + String.join(
                                ",", delivered("call_started"), delivered("call_ended"), delivered("call_analyzed"))
                        + "]");
        assertThat(sandbox.receiver.eventNames()).containsExactly("call_started", "call_ended", "call_analyzed");
        assertThat(sandbox.receiver.requests())
                .allSatisfy(request -> assertThat(request.headers().getFirst("x-retell-signature"))
                        .isEqualTo(RetellSignature.sign(
                                SandboxFixture.RETELL_KEY, request.body(), sandbox.clock.millis())));
    }

    private static String delivered(String event) {
        return "{\"event\":\"" + event + "\",\"attempts\":1,\"status\":204,\"state\":\"delivered\"}";
    }

    @Test
    void eachWebhookHasTheMembersThatAreKnownAtItsTime() {
        sandbox.control("POST", "/calls", CALL);

        JsonNode started = sandbox.receiver.requests().getFirst().json().path("call");
        JsonNode ended = sandbox.receiver.requests().get(1).json().path("call");
        JsonNode analyzed = sandbox.receiver.requests().getLast().json().path("call");
        assertThat(Json.text(started, "call_status")).isEqualTo("ongoing");
        assertThat(started.has("transcript")).isFalse();
        assertThat(ended.has("call_analysis")).isFalse();
        assertThat(ended.path("duration_ms").asInt()).isEqualTo(90_000);
        assertThat(ended.path("call_cost").path("combined_cost").asDouble()).isEqualTo(12.15);
        assertThat(analyzed.path("call_analysis").path("custom_analysis_data").toString())
                .contains("\"wants_appointment\":true", "\"first_name\":\"Jane\"", "\"service\":\"drain\"");
        assertThat(sandbox.state().path("retell").path("calls").path(0)).isEqualTo(analyzed);
    }

    @Test
    void retriesUntilTheReceiverAccepts() {
        sandbox.receiver.respondNext(500, 204, 204, 503);

        JsonNode placed = sandbox.control("POST", "/calls", CALL);

        assertThat(Json.text(placed.path("deliveries").path(0), "state")).isEqualTo("retrying");
        await().untilAsserted(() -> assertThat(states()).containsExactly("delivered", "delivered", "delivered"));
        assertThat(sandbox.control("GET", "/deliveries?provider=retell", "")
                        .path("deliveries")
                        .path(0)
                        .path("attempts")
                        .asInt())
                .isGreaterThan(1);
    }

    @Test
    void givesUpAfterThreeRetries() {
        sandbox.receiver.close();

        sandbox.control("POST", "/calls", CALL);

        await().untilAsserted(() -> assertThat(states()).containsExactly("failed", "failed", "failed"));
        assertThat(sandbox.control("GET", "/deliveries", "")
                        .path("deliveries")
                        .path(0)
                        .path("attempts")
                        .asInt())
                .isEqualTo(4);
    }

    private List<String> states() {
        return sandbox.control("GET", "/deliveries?provider=retell", "")
                .path("deliveries")
                .valueStream()
                .map(delivery -> Json.text(delivery, "state"))
                .toList();
    }

    @Test
    void sendsTheWebhooksAgainForAnExistingCall() {
        sandbox.control("POST", "/calls", CALL);
        sandbox.control("POST", "/calls", CALL);

        assertThat(sandbox.receiver.requests()).hasSize(6);
        assertThat(sandbox.state().path("retell").path("calls").size()).isEqualTo(1);
    }

    @Test
    void sendsNothingToAnAgentWithoutAWebhookUrl() {
        JsonNode placed = sandbox.control(
                "POST",
                "/calls",
                "{\"from\": \"+12025550123\", \"agentId\": \"agent_2\", \"wantsAppointment\": false}");

        assertThat(placed.path("deliveries").size()).isZero();
        JsonNode call = SandboxFixture.json(sandbox.retell("GET", "/v2/get-call/" + Json.text(placed, "callId"), ""));
        assertThat(Json.text(call.path("call_analysis"), "call_summary")).isEqualTo("The caller had a question.");
    }

    @Test
    void aCallNeedsACallersNumberAndAnExistingAgent() {
        assertThat(Json.text(sandbox.control("POST", "/calls", "{}"), "code")).isEqualTo("missing_from");
        assertThat(Json.text(sandbox.control("POST", "/calls", "{\"from\": \"+1\", \"agentId\": \"nobody\"}"), "code"))
                .isEqualTo("unknown_agent");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                                                          | 1
            {"call_status": ["ended"]}                                                  | 1
            {"call_status": ["ongoing"]}                                                | 0
            {"agent": [{"agent_id": "agent_1"}]}                                        | 1
            {"start_timestamp": {"lower_threshold": 1}}                                 | 1
            {"start_timestamp": {"upper_threshold": 1}}                                 | 0
            {"call_status": {"type": "enum", "op": "in", "value": ["ended", "error"]}}  | 1
            {"duration_ms": {"type": "range", "op": "bt", "value": [1, 90000]}}         | 1
            {"duration_ms": {"type": "number", "op": "eq", "value": 90000}}             | 1
            {"duration_ms": {"type": "number", "op": "ne", "value": 90000}}             | 0
            {"duration_ms": {"type": "number", "op": "gt", "value": 90000}}             | 0
            {"duration_ms": {"type": "number", "op": "ge", "value": 90000}}             | 1
            {"duration_ms": {"type": "number", "op": "lt", "value": 90000}}             | 0
            {"duration_ms": {"type": "number", "op": "le", "value": 90000}}             | 1
            {"duration_ms": {"type": "range", "op": "bt", "value": [90001, 99999]}}     | 0
            {"duration_ms": {"type": "number", "op": "ne", "value": 1}}                 | 1
            {"duration_ms": {"type": "number", "op": "gt", "value": 1}}                 | 1
            {"duration_ms": {"type": "number", "op": "ge", "value": 90001}}             | 0
            {"duration_ms": {"type": "number", "op": "lt", "value": 90001}}             | 1
            {"duration_ms": {"type": "number", "op": "le", "value": 1}}                 | 0
            {"from_number": {"type": "string", "op": "sw", "value": "+1202"}}           | 1
            {"from_number": {"type": "string", "op": "ew", "value": "0123"}}            | 1
            {"from_number": {"type": "string", "op": "co", "value": "999"}}             | 0
            {"from_number": {"type": "string", "op": "like", "value": "%"}}             | 0
            {"user_sentiment": {"type": "enum", "op": "in", "value": ["Positive"]}}     | 1
            """)
    void listsCallsByFilter(String criteria, int found) {
        sandbox.control("POST", "/calls", CALL);
        String body = "{\"filter_criteria\": " + criteria + "}";

        JsonNode page = SandboxFixture.json(sandbox.retell("POST", "/v3/list-calls", body));
        assertThat(page.path("items").size()).isEqualTo(found);
        assertThat(page.path("items").path(0).has("transcript")).isFalse();
        assertThat(SandboxFixture.json(sandbox.retell("POST", "/v2/list-calls", body))
                        .size())
                .isEqualTo(found);
    }

    @Test
    void listsCallsInPages() {
        for (int i = 1; i <= 3; i++) {
            sandbox.clock.tick(Duration.ofMinutes(1));
            sandbox.control("POST", "/calls", "{\"from\": \"+12025550123\", \"callId\": \"call_%d\"}".formatted(i));
        }

        JsonNode first = SandboxFixture.json(sandbox.retell("POST", "/v3/list-calls", "{\"limit\": 2}"));
        String key = Json.text(first, "pagination_key");
        assertThat(first.path("has_more").asBoolean()).isTrue();
        JsonNode last = SandboxFixture.json(
                sandbox.retell("POST", "/v3/list-calls", "{\"limit\": 2, \"pagination_key\": \"" + key + "\"}"));
        assertThat(Json.text(last.path("items").path(0), "call_id")).isEqualTo("call_1");
        assertThat(last.path("has_more").asBoolean()).isFalse();
        JsonNode oldest =
                SandboxFixture.json(sandbox.retell("POST", "/v2/list-calls", "{\"sort_order\": \"ascending\"}"));
        assertThat(Json.text(oldest.path(0), "call_id")).isEqualTo("call_1");
    }

    @Test
    void createsUpdatesAndListsAgents() {
        JsonNode agent = SandboxFixture.json(sandbox.retell(
                "POST", "/create-agent", "{\"response_engine\": {\"type\": \"custom-llm\"}, \"voice_id\": \"v\"}"));
        String id = Json.text(agent, "agent_id");
        sandbox.retell("PATCH", "/update-agent/" + id, "{\"agent_name\": \"Night\"}");

        assertThat(Json.text(SandboxFixture.json(sandbox.retell("GET", "/get-agent/" + id, "")), "agent_name"))
                .isEqualTo("Night");
        assertThat(SandboxFixture.json(sandbox.retell("GET", "/list-agents", ""))
                        .size())
                .isEqualTo(3);
        assertThat(SandboxFixture.json(sandbox.retell("POST", "/v2/list-agents", ""))
                        .path("items")
                        .size())
                .isEqualTo(3);
        assertThat(sandbox.retell("POST", "/create-agent", "{}").statusCode()).isEqualTo(400);
        assertThat(sandbox.retell("POST", "/create-agent", "{\"response_engine\": {}}")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void rejectsUnknownKeysIdsAndPaths() {
        assertThat(sandbox.send("GET", "/retell/list-agents", "").statusCode()).isEqualTo(401);
        assertThat(sandbox.retell("GET", "/get-agent/nobody", "").statusCode()).isEqualTo(422);
        assertThat(sandbox.retell("GET", "/v2/get-call/none", "").statusCode()).isEqualTo(422);
        assertThat(sandbox.retell("GET", "/v9/elsewhere", "").statusCode()).isEqualTo(404);
        assertThat(sandbox.retell("POST", "/v3/list-calls", "no json").statusCode())
                .isEqualTo(400);
    }

    /** Sets up agent_3 with an inbound webhook and custom functions. */
    private void putAgentWithInboundWebhook(String receiver) {
        sandbox.send("PUT", "/_sandbox/accounts", """
                {"retell": {"apiKey": "%s", "agents": [{"agent_id": "agent_3", "inbound_webhook_url": "%s",
                  "functions_url": "%s"}]}}""".formatted(
                        SandboxFixture.RETELL_KEY, receiver + "/inbound", receiver + "/functions"));
    }

    @Test
    void sendsTheInboundWebhookAndCallsTheAgentsFunctions() {
        putAgentWithInboundWebhook(sandbox.receiver.url(""));

        JsonNode placed = sandbox.control("POST", "/calls", """
                {"from": "+12025550123", "agentId": "agent_3", "inbound": true,
                 "functions": [{"name": "calendar.book", "args": {"start": "now"}}, {"name": "calendar.findSlots"}]}""");

        assertThat(placed.path("inbound").path("status").asInt()).isEqualTo(204);
        assertThat(placed.path("functions")).hasSize(2);
        assertThat(placed.path("functions").path(0).path("milliseconds").isNumber())
                .isTrue();
        var inbound = sandbox.receiver.requests().getFirst();
        assertThat(inbound.body())
                .isEqualTo("{\"event\":\"call_inbound\",\"call_inbound\":{\"agent_id\":\"agent_3\","
                        + "\"from_number\":\"+12025550123\",\"to_number\":\"+12137771235\"}}");
        var function = sandbox.receiver.requests().get(1);
        assertThat(function.path()).isEqualTo("/functions/calendar.book");
        assertThat(Json.text(function.json(), "name")).isEqualTo("calendar_book");
        assertThat(Json.text(function.json().path("call"), "call_id")).isEqualTo(Json.text(placed, "callId"));
        assertThat(Json.text(function.json().path("args"), "start")).isEqualTo("now");
        assertThat(function.headers().getFirst("x-retell-signature"))
                .isEqualTo(RetellSignature.sign(SandboxFixture.RETELL_KEY, function.body(), sandbox.clock.millis()));
    }

    @Test
    void declinesACallWithoutAnAgent() {
        putAgentWithInboundWebhook(sandbox.receiver.url(""));

        JsonNode placed = sandbox.control("POST", "/calls", """
                {"from": "+12025550123", "agentId": "agent_3", "inbound": true, "numberAgent": false}""");

        assertThat(placed.path("declined").asBoolean()).isTrue();
        assertThat(sandbox.state().path("retell").path("calls")).isEmpty();
        assertThat(sandbox.receiver.requests().getFirst().body()).doesNotContain("agent_id");
    }

    @Test
    void answersACallWhenTheInboundWebhookFails() {
        putAgentWithInboundWebhook("http://127.0.0.1:1");

        JsonNode placed = sandbox.control(
                "POST", "/calls", "{\"from\": \"+12025550123\", \"agentId\": \"agent_3\", \"inbound\": true}");

        assertThat(placed.path("inbound").path("status").asInt(-1)).isZero();
        assertThat(Json.text(placed, "callId")).isNotEmpty();
    }

    @Test
    void assignsTheCallToTheAgentOfTheInboundResponse() {
        putAgentWithInboundWebhook(sandbox.receiver.url(""));
        sandbox.receiver.respondAlways("""
                {"call_inbound": {"override_agent_id": "agent_1", "metadata": {"our": "mark"},
                  "dynamic_variables": {"first_name": "Ada"}}}""");

        sandbox.control("POST", "/calls", """
                {"from": "+12025550123", "agentId": "agent_3", "inbound": true, "numberAgent": false}""");

        JsonNode call = sandbox.state().path("retell").path("calls").path(0);
        assertThat(Json.text(call, "agent_id")).isEqualTo("agent_1");
        assertThat(Json.text(call.path("metadata"), "our")).isEqualTo("mark");
        assertThat(Json.text(call.path("retell_llm_dynamic_variables"), "first_name"))
                .isEqualTo("Ada");
        assertThat(sandbox.receiver.requests().getLast().path()).isEqualTo("/retell");
    }

    @Test
    void sendsNoInboundWebhookUnlessTheScriptRequestsIt() {
        putAgentWithInboundWebhook(sandbox.receiver.url(""));

        JsonNode placed = sandbox.control("POST", "/calls", "{\"from\": \"+12025550123\", \"agentId\": \"agent_3\"}");

        assertThat(placed.has("inbound")).isFalse();
        assertThat(sandbox.receiver.requests()).isEmpty();
    }
}
