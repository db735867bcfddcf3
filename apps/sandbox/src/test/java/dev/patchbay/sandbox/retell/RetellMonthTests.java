package dev.patchbay.sandbox.retell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.sandbox.SandboxFixture;
import dev.patchbay.sandbox.core.Json;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** A computed month as the API shows it: its calls by id, as time passes, and to their account only. */
class RetellMonthTests {

    /** December has not begun by the fixture's clock. */
    private static final String DECEMBER =
            "{\"seed\": 5, \"month\": \"2026-12\", \"calls\": 20, \"share\": {\"vanished\": 0, \"minimum\": 0}}";

    private static final String ALL = "{\"sort_order\": \"ascending\", \"limit\": 1000}";

    private SandboxFixture sandbox;

    @BeforeEach
    void open(@TempDir Path folder) {
        sandbox = SandboxFixture.open(folder);
        sandbox.control("POST", "/retell/months", DECEMBER);
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    private List<JsonNode> list() {
        return SandboxFixture.json(sandbox.retell("POST", "/v3/list-calls", ALL))
                .path("items")
                .valueStream()
                .toList();
    }

    private int status(String callId) {
        return sandbox.retell("GET", "/v2/get-call/" + callId, "").statusCode();
    }

    private void moveTo(long millis) {
        sandbox.clock.tick(Duration.between(sandbox.clock.instant(), Instant.ofEpochMilli(millis)));
    }

    private List<JsonNode> listAfterTheMonth() {
        moveTo(Instant.parse("2027-01-02T00:00:00Z").toEpochMilli());
        return list();
    }

    @Test
    void aCallIsUnknownUntilItHasEnded() {
        assertThat(list()).isEmpty();
        List<JsonNode> calls = listAfterTheMonth();
        assertThat(calls).hasSize(20);
        JsonNode call = calls.get(4);
        String id = Json.text(call, "call_id");

        moveTo(call.path("start_timestamp").asLong());
        assertThat(status(id)).isEqualTo(422);
        assertThat(list()).doesNotContain(call);
        moveTo(call.path("end_timestamp").asLong());
        assertThat(status(id)).isEqualTo(200);
        assertThat(list()).contains(call).doesNotContain(calls.getLast());
    }

    @Test
    void aCallOfAMonthCanVanish() {
        List<JsonNode> calls = listAfterTheMonth();
        String id = Json.text(calls.get(3), "call_id");

        sandbox.control("DELETE", "/retell/calls/" + id, "");

        assertThat(status(id)).isEqualTo(422);
        assertThat(list()).hasSize(19).doesNotContain(calls.get(3));
    }

    /** A word, an id of the right form, and the id of a call beyond the month's last. */
    @Test
    void anIdThatNoCallHasIsUnknown() {
        String id = Json.text(listAfterTheMonth().getFirst(), "call_id");

        assertThat(status("none")).isEqualTo(422);
        assertThat(status("call_" + "0".repeat(27))).isEqualTo(422);
        assertThat(status(id.substring(0, 21) + "00000000fff")).isEqualTo(422);
        assertThat(status(id)).isEqualTo(200);
    }

    @Test
    void anotherAccountSeesNoneOfTheCalls() {
        String id = Json.text(listAfterTheMonth().getFirst(), "call_id");
        sandbox.control("PUT", "/accounts", "{\"retell\": {\"apiKey\": \"key_other\", \"agents\": []}}");
        String[] other = {"Authorization", "Bearer key_other"};

        assertThat(SandboxFixture.json(sandbox.send("POST", "/retell/v3/list-calls", ALL, other))
                        .path("items"))
                .isEmpty();
        assertThat(sandbox.send("GET", "/retell/v2/get-call/" + id, "", other).statusCode())
                .isEqualTo(422);
        assertThat(list()).hasSize(20);
    }

    private JsonNode place(String prices, String members) {
        sandbox.control(
                "PUT",
                "/accounts",
                "{\"retell\": {\"apiKey\": \"" + SandboxFixture.RETELL_KEY
                        + "\", \"agents\": [{\"agent_id\": \"agent_2\", \"prices\": " + prices + "}]}}");
        String id = Json.text(
                sandbox.control(
                        "POST", "/calls", "{\"from\": \"+12025550123\", \"agentId\": \"agent_2\", " + members + "}"),
                "callId");
        return SandboxFixture.json(sandbox.retell("GET", "/v2/get-call/" + id, ""));
    }

    @Test
    void aRoundCostIsWrittenWithoutAnExponent() {
        JsonNode cost = place("[{\"product\": \"voice\", \"centsPerMinute\": 60}]", "\"durationSeconds\": 600")
                .path("call_cost");

        assertThat(cost.toString()).contains("\"combined_cost\":600,", "\"cost\":600,");
    }

    @Test
    void aFreeAgentHasACostWithoutProductsEvenAfterATransfer() {
        JsonNode cost =
                place("[]", "\"durationSeconds\": 60, \"transferSeconds\": 30").path("call_cost");

        assertThat(cost.path("product_costs").isArray()).isTrue();
        assertThat(cost.path("product_costs")).isEmpty();
        assertThat(cost.path("combined_cost").decimalValue()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theFaultOfDoublesLeavesACallAsItIsExceptForItsCost(boolean hasCost) {
        JsonNode exact = place("[{\"product\": \"voice\", \"centsPerMinute\": 7}]", "\"durationSeconds\": 56");
        String id = Json.text(exact, "call_id");
        if (!hasCost) {
            sandbox.control("POST", "/retell/calls/" + id + "/cost", "{\"remove\": true}");
        }
        sandbox.armFault("retell", "calls.get", "doubles", 1);

        JsonNode faulty = SandboxFixture.json(sandbox.retell("GET", "/v2/get-call/" + id, ""));

        assertThat(Json.text(faulty, "call_id")).isEqualTo(id);
        assertThat(faulty.path("duration_ms")).isEqualTo(exact.path("duration_ms"));
        assertThat(faulty.has("call_cost")).isEqualTo(hasCost);
        assertThat(faulty.at("/call_cost/combined_cost").decimalValue(BigDecimal.ZERO))
                .isNotEqualByComparingTo(exact.at("/call_cost/combined_cost").decimalValue());
    }
}
