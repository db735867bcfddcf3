package dev.patchbay.integrations.retell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.integrations.retell.RetellCallCost.Pending;
import dev.patchbay.integrations.retell.RetellCallCost.Rejected;
import dev.patchbay.integrations.retell.RetellCallCost.Stated;
import dev.patchbay.kernel.Json;
import dev.patchbay.usage.spi.RejectedStatement.Code;
import dev.patchbay.usage.spi.UsageStatement;
import dev.patchbay.usage.spi.UsageStatement.Charge;
import java.math.BigDecimal;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class RetellCallCostTests {

    /** An ended call of ten seconds from the first second of 1970 on. */
    private static JsonNode call(String members) {
        return Json.read(("{'call_id': 'c', 'call_status': 'ended', 'start_timestamp': 1000, " + members + "}")
                .replace('\'', '"'));
    }

    private static JsonNode productCall(String members, String... products) {
        return call("'duration_ms': 10000, " + members + "'call_cost': {'product_costs': ["
                + String.join(", ", products) + "]}");
    }

    private static UsageStatement statement(JsonNode call) {
        return assertThat(RetellCallCost.read(call))
                .asInstanceOf(InstanceOfAssertFactories.type(Stated.class))
                .actual()
                .statement();
    }

    private static List<String> quantities(JsonNode call) {
        return statement(call).charges().stream()
                .map(it -> it.product() + " " + it.leg() + " " + it.quantity().toPlainString())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"'call_status': 'ongoing', 'call_cost': {}", "'call_status': 'ended'"})
    void aCallThatGoesOnOrHasNoCostIsPending(String members) {
        JsonNode call = Json.read(("{'call_id': 'c', " + members + "}").replace('\'', '"'));
        assertThat(RetellCallCost.read(call)).isEqualTo(new Pending("c"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"'1000'", "1.5", "99999999999999999999"})
    void aStartThatIsNoMomentInMillisecondsIsNoStart(String start) {
        JsonNode call = Json.read(
                ("{'call_id': 'c', 'call_status': 'ended', 'call_cost': {}, 'start_timestamp': " + start + "}")
                        .replace('\'', '"'));
        assertThat(RetellCallCost.startOf(call)).isEmpty();
        assertThat(RetellCallCost.read(call)).isInstanceOfSatisfying(Rejected.class, it -> {
            assertThat(it.rejection().code()).isEqualTo(Code.MALFORMED);
            assertThat(it.rejection().occurredAt()).isNull();
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'duration_ms': -1, 'call_cost': {}                                              | NEGATIVE_DURATION",
                "'end_timestamp': 999, 'call_cost': {}                                           | NEGATIVE_DURATION",
                "'duration_ms': 'long', 'call_cost': {}                                          | MALFORMED",
                "'call_cost': {'product_costs': [{'product': 'tts', 'cost': -1}]}                | NEGATIVE_COST",
                "'call_cost': {'product_costs': [{'product': 'tts'}]}                            | MALFORMED",
                "'call_cost': {'product_costs': [{'cost': 1}]}                                   | MALFORMED",
                "'call_cost': {'combined_cost': '3'}                                             | MALFORMED"
            })
    void aCostThatCannotBeReadIsRejectedWithItsReason(String members, Code code) {
        assertThat(RetellCallCost.read(call(members)))
                .isInstanceOfSatisfying(
                        Rejected.class, it -> assertThat(it.rejection().code()).isEqualTo(code));
    }

    @Test
    void aCallWithoutADurationLastedUntilItsEnd() {
        assertThat(quantities(call("'end_timestamp': 3500, 'duration_ms': null, 'call_cost': {}")))
                .containsExactly("call 0 2.5");
        assertThat(quantities(call("'call_cost': {}"))).containsExactly("call 0 0");
    }

    @Test
    void theAgentVersionAndTheAverageOfTokensAreKept() {
        UsageStatement statement = statement(
                call("'agent_id': 'a', 'agent_version': 3, 'llm_token_usage': {'average': 7000, 'values': [1]},"
                        + " 'transcript': 'hi', 'call_cost': {}"));
        assertThat(statement.agentVersion()).isEqualTo("3");
        assertThat(statement.statement().path("llm_token_usage")).isEqualTo(Json.read("{\"average\": 7000}"));
        assertThat(statement.statement().has("transcript")).isFalse();
        assertThat(statement(call("'agent_version': 'x', 'call_cost': {}")).agentVersion())
                .isNull();
    }

    @Test
    void theStatedTotalBeyondTheProductsIsUnexplained() {
        JsonNode call = call("'call_cost': {'combined_cost': 3, 'product_costs': [{'product': 'tts', 'cost': 1}]}");
        Charge rest = statement(call).charges().getLast();
        assertThat(rest.product()).isEqualTo(UsageStatement.UNEXPLAINED);
        assertThat(rest.cost()).isEqualByComparingTo(new BigDecimal("0.02"));
    }

    @Test
    void theSurchargeHasTheSecondsThatTheTokensExplain() {
        String surcharge = "{'product': 'llm_token_surcharge', 'cost': 1}";
        assertThat(quantities(productCall("'llm_token_usage': {'average': 7000}, ", surcharge)))
                .contains("llm_token_surcharge 0 10");
        assertThat(quantities(productCall("", surcharge))).contains("llm_token_surcharge 0 0");
    }

    @Test
    void theLegAfterATransferLastedFromTheEndOfTheCallToTheEndOfTheTransfer() {
        String leg = "{'product': 'telephony', 'cost': 6, 'unit_price': 0.5, 'is_transfer_leg_cost': true}";
        assertThat(quantities(productCall("'end_timestamp': 11000, 'transfer_end_timestamp': 15500, ", leg)))
                .contains("telephony 1 5");
        assertThat(quantities(productCall("'end_timestamp': 11000, ", leg))).contains("telephony 1 12");
        assertThat(quantities(productCall("", leg))).contains("telephony 1 12");
        assertThat(quantities(productCall("", leg.replace("0.5", "0")))).contains("telephony 1 0");
        assertThat(quantities(productCall("", leg.replace("true", "false")))).contains("telephony 0 10");
    }
}
