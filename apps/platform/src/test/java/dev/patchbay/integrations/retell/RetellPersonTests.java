package dev.patchbay.integrations.retell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.kernel.Json;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetellPersonTests {

    @ParameterizedTest
    @CsvSource({
        "phone_call, inbound,  +14155550123, anonymous,    false",
        "phone_call, inbound,  anonymous,    +14155550123, true",
        "phone_call, outbound, +14155550123, anonymous,    true",
        "web_call,   inbound,  anonymous,    anonymous,    false"
    })
    void theNumberOfAPhoneCallsOtherEndMayBeHidden(
            String type, String direction, String from, String to, boolean hidden) {
        var call = Json.object()
                .put("call_type", type)
                .put("direction", direction)
                .put("from_number", from)
                .put("to_number", to);
        assertThat(new RetellPerson(call).mapStarted().path("hidden").asBoolean())
                .isEqualTo(hidden);
    }

    @ParameterizedTest
    @CsvSource({"5, 2, 5, 2", "-1, -1, , "})
    void negativeCountsOfTokensAndRequestsAreLeftOut(
            int average, int requests, @Nullable String tokens, @Nullable String count) {
        var call = Json.object().put("call_id", "c");
        call.putObject("llm_token_usage").put("average", average).put("num_requests", requests);
        var llm = RetellCallMapper.mapAnalyzed(call).path("llm");
        assertThat(llm.path("averageTokens").asString(null)).isEqualTo(tokens);
        assertThat(llm.path("requests").asString(null)).isEqualTo(count);
    }
}
