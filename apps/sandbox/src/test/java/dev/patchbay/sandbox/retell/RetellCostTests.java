package dev.patchbay.sandbox.retell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.sandbox.SandboxFixture;
import dev.patchbay.sandbox.core.Json;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Costs of calls, their corrections, and months of calls. */
class RetellCostTests {

    private static final String MONTH =
            "{\"seed\": 7, \"month\": \"2026-10\", \"calls\": 300, \"clients\": 3, \"share\": {\"late\": 0.1,"
                    + " \"corrected\": 0.1, \"vanished\": 0.1, \"transfer\": 0.2, \"surcharge\": 0.2, \"minimum\": 0.2}}";

    private SandboxFixture sandbox;

    @BeforeEach
    void open(@TempDir Path folder) {
        sandbox = SandboxFixture.open(folder);
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    private JsonNode place(String members) {
        JsonNode placed = sandbox.control(
                "POST", "/calls", "{\"from\": \"+12025550123\", \"agentId\": \"agent_2\"" + members + "}");
        return get(Json.text(placed, "callId"));
    }

    private JsonNode get(String callId) {
        return SandboxFixture.json(sandbox.retell("GET", "/v2/get-call/" + callId, ""));
    }

    private static List<String> products(JsonNode call) {
        return call.path("call_cost")
                .path("product_costs")
                .valueStream()
                .map(product -> Json.text(product, "product") + " " + Json.text(product, "cost")
                        + (product.has("unit_price") ? " at " + Json.text(product, "unit_price") : ""))
                .toList();
    }

    private void setAgent(String members) {
        sandbox.control(
                "PUT",
                "/accounts",
                "{\"retell\": {\"apiKey\": \"" + SandboxFixture.RETELL_KEY
                        + "\", \"agents\": [{\"agent_id\": \"agent_2\", " + members + "}]}}");
    }

    @Test
    void costsAreDecimalsOfAtMostSevenPlaces() {
        JsonNode call = place(", \"durationSeconds\": 56");

        assertThat(products(call))
                .containsExactly(
                        "elevenlabs_tts 6.5333333 at 0.1166667",
                        "gemini_2_0_flash 0.56 at 0.01",
                        "background_voice_cancellation 0.4666667 at 0.0083333");
        assertThat(Json.text(call.path("call_cost"), "combined_cost")).isEqualTo("7.56");
        assertThat(Json.text(call.path("call_cost"), "total_duration_unit_price"))
                .isEqualTo("0.135");
        assertThat(call.path("call_cost").path("total_duration_seconds").asInt())
                .isEqualTo(56);
    }

    @Test
    void aDynamicOpeningIsBilledForTenSecondsAtLeast() {
        assertThat(billedSeconds(place(", \"durationMs\": 5001"))).isEqualTo(6);
        setAgent("\"dynamicOpening\": true");
        assertThat(billedSeconds(place(", \"durationMs\": 5001"))).isEqualTo(10);
        assertThat(billedSeconds(place(", \"durationMs\": 11001"))).isEqualTo(12);
        assertThat(billedSeconds(place(", \"durationMs\": 0"))).isZero();
    }

    private static int billedSeconds(JsonNode call) {
        return call.path("call_cost").path("total_duration_seconds").asInt();
    }

    @Test
    void manyTokensAddASurchargeToTheModelAlone() {
        setAgent("\"prices\": [{\"product\": \"voice\", \"centsPerMinute\": 6}, {\"product\": \"gpt_5\","
                + " \"centsPerMinute\": \"1.2\"}]");

        assertThat(products(place(", \"durationSeconds\": 60, \"averageTokens\": 4200")))
                .containsExactly("voice 6 at 0.1", "gpt_5 1.2 at 0.02", "llm_token_surcharge 0.24");
        assertThat(products(place(", \"durationSeconds\": 60, \"averageTokens\": 3500")))
                .hasSize(2);
    }

    @Test
    void aTransferIsASecondLegOfTelephony() {
        JsonNode call = place(", \"durationSeconds\": 60, \"transferSeconds\": 30");

        assertThat(products(call)).hasSize(4).last().isEqualTo("elevenlabs_tts 3.5 at 0.1166667");
        assertThat(call.at("/call_cost/product_costs/3/is_transfer_leg_cost").asBoolean())
                .isTrue();
        assertThat(call.path("transfer_end_timestamp").asLong()
                        - call.path("end_timestamp").asLong())
                .isEqualTo(30_000);
    }

    @Test
    void costsAreCorrectedWithoutAWebhook() {
        String id = Json.text(place(", \"durationSeconds\": 60"), "call_id");

        sandbox.control("POST", "/retell/calls/" + id + "/cost", "{\"factor\": \"0.5\"}");
        assertThat(products(get(id)).getFirst()).isEqualTo("elevenlabs_tts 3.5 at 0.1166667");
        sandbox.control(
                "POST", "/retell/calls/" + id + "/cost", "{\"products\": [{\"product\": \"voice\", \"cost\": 1.25}]}");
        assertThat(products(get(id))).containsExactly("voice 1.25");
        sandbox.control("POST", "/retell/calls/" + id + "/cost", "{\"remove\": true}");
        assertThat(get(id).has("call_cost")).isFalse();
        sandbox.control(
                "POST", "/retell/calls/" + id + "/cost", "{\"products\": [{\"product\": \"voice\", \"cost\": 2}]}");
        assertThat(billedSeconds(get(id))).isEqualTo(60);
        sandbox.control("PATCH", "/retell/calls/" + id, "{\"duration_ms\": -1}");
        assertThat(get(id).path("duration_ms").asInt()).isEqualTo(-1);
        sandbox.control("DELETE", "/retell/calls/" + id, "");
        assertThat(sandbox.retell("GET", "/v2/get-call/" + id, "").statusCode()).isEqualTo(422);
        assertThat(list("")).isEmpty();
        assertThat(sandbox.send("DELETE", "/_sandbox/retell/calls/" + id, "").statusCode())
                .isEqualTo(404);
    }

    @Test
    void theFaultOfDoublesKeepsTheOldDigits() {
        place(", \"durationSeconds\": 56");
        sandbox.armFault("retell", "calls.list", "doubles", 2);

        assertThat(products(list("").getFirst()).getFirst()).startsWith("elevenlabs_tts 6.53333330000000");
        assertThat(SandboxFixture.json(sandbox.retell("POST", "/v2/list-calls", "{}"))
                        .at("/0/call_cost/product_costs/0/cost")
                        .decimalValue())
                .isGreaterThan(new BigDecimal("6.5333333"));
        assertThat(products(list("").getFirst()).getFirst()).isEqualTo("elevenlabs_tts 6.5333333 at 0.1166667");
    }

    private List<JsonNode> list(String members) {
        List<JsonNode> calls = new ArrayList<>();
        String key = "";
        do {
            ObjectNode body = Json.parse("{\"sort_order\": \"ascending\"" + members + "}");
            if (!key.isEmpty()) {
                body.put("pagination_key", key);
            }
            JsonNode page = SandboxFixture.json(sandbox.retell("POST", "/v3/list-calls", body.toString()));
            page.path("items").forEach(calls::add);
            key = Json.text(page, "pagination_key");
            assertThat(page.path("has_more").asBoolean()).isEqualTo(!key.isEmpty());
        } while (!key.isEmpty());
        return calls;
    }

    @Test
    void aMonthIsPagedByStartAndTheSameSeedGivesTheSame() {
        JsonNode plan = sandbox.control("POST", "/retell/months", MONTH);
        assertThat(plan.path("agents").size()).isEqualTo(3);
        List<JsonNode> calls = list(", \"limit\": 7");
        assertThat(calls.size()).isGreaterThan(250);
        assertThat(calls.stream().map(call -> call.path("start_timestamp").asLong()))
                .isSorted();
        assertThat(new HashSet<>(calls)).hasSameSizeAs(calls);
        assertThat(get(Json.text(calls.getLast(), "call_id"))).isEqualTo(calls.getLast());
        sandbox.control("POST", "/reset", "");
        assertThat(list("")).isEmpty();
        sandbox.control("POST", "/retell/months", MONTH);
        assertThat(list(", \"limit\": 1000")).isEqualTo(calls);

        long from = calls.get(100).path("start_timestamp").asLong();
        assertThat(list(
                        ", \"filter_criteria\": {\"start_timestamp\": {\"type\": \"number\", \"op\": \"ge\", \"value\": "
                                + from + "}}"))
                .isEqualTo(calls.subList(100, calls.size()));
    }

    @Test
    void settlingBringsLateCostsCorrectionsAndVanishedCalls() {
        sandbox.control("POST", "/retell/months", MONTH);
        List<JsonNode> before = list(", \"limit\": 1000");
        sandbox.control("POST", "/retell/months/settle", "{\"seed\": 7, \"month\": \"2026-10\", \"day\": 20}");
        List<JsonNode> after = list(", \"limit\": 1000");

        assertThat(after).hasSizeLessThan(before.size());
        assertThat(before).anyMatch(call -> !call.has("call_cost"));
        assertThat(after).allMatch(call -> call.has("call_cost"));
        assertThat(after.stream().filter(before::contains).count()).isBetween(200L, 290L);
        assertThat(sandbox.send("POST", "/_sandbox/retell/months/settle", "{\"seed\": 8, \"month\": \"2026-10\"}")
                        .statusCode())
                .isEqualTo(404);
        assertThat(sandbox.send("POST", "/_sandbox/retell/months", "{\"month\": \"soon\"}")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void aChangedCallOfAMonthKeepsItsPlace() {
        sandbox.control("POST", "/retell/months", MONTH);
        JsonNode call = list(", \"limit\": 1000").get(5);
        String id = Json.text(call, "call_id");
        sandbox.control("POST", "/retell/calls/" + id + "/cost", "{\"factor\": 2}");

        assertThat(list(", \"limit\": 1000").get(5)).isNotEqualTo(call).isEqualTo(get(id));
    }

    @Test
    void aForeignOrBrokenKeyIsRefused() {
        assertThat(sandbox.retell(
                                "POST", "/v3/list-calls", "{\"sort_order\": \"ascending\", \"pagination_key\": \"?\"}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(sandbox.retell("POST", "/v3/list-calls", "{\"pagination_key\": \"call_none\"}")
                        .statusCode())
                .isEqualTo(400);
    }
}
