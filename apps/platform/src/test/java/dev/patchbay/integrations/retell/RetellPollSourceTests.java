package dev.patchbay.integrations.retell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.connections.Account;
import dev.patchbay.connections.http.OutgoingHttp;
import dev.patchbay.connections.http.ScriptedProvider;
import dev.patchbay.connections.http.TestHttp;
import dev.patchbay.ingress.spi.PollSource.Page;
import dev.patchbay.ingress.spi.PollSource.Unavailable;
import dev.patchbay.kernel.ConnectionId;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetellPollSourceTests {

    private static final Instant FROM = Instant.ofEpochMilli(1_700_000_000_000L);
    private static final String NONE = "{\"items\": [], \"has_more\": false}";

    private final OutgoingHttp http = TestHttp.unchecked();
    private final RetellPollSource calls = new RetellPollSource(http);
    private ScriptedProvider retell;

    @BeforeEach
    void start() throws IOException {
        retell = new ScriptedProvider();
    }

    @AfterEach
    void stop() throws IOException {
        retell.close();
        http.destroy();
    }

    private Account account() {
        return TestHttp.account("retell", retell.address(), "{}", Map.of("api_key", "key_1"));
    }

    private Page read(Optional<String> cursor) {
        return calls.read(account(), "calls", cursor, FROM);
    }

    private static String call(String members) {
        return "{\"call_id\": \"c\", \"agent_id\": \"a\", " + members + "}";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"call_status\": \"ongoing\", \"start_timestamp\": 1                              | started",
                "\"call_status\": \"ended\", \"start_timestamp\": 1                                | started,ended",
                "\"call_status\": \"ended\", \"start_timestamp\": 1, \"call_analysis\": {}           | started,ended,analyzed",
                "\"call_status\": \"error\"                                                      | ended",
                "\"call_status\": \"not_connected\"                                              | ended",
                "\"call_status\": \"ongoing\", \"start_timestamp\": 1, \"call_analysis\": {}         | started",
                "\"call_status\": \"registered\"                                                 |",
                "\"start_timestamp\": \"soon\"                                                   |"
            })
    void aCallRecordYieldsTheEventsItProves(String members, String facts) {
        retell.then(200, "{\"items\": [{\"call_id\": \"c\"}], \"has_more\": false}")
                .then(200, call(members));
        var types = read(Optional.empty()).found().stream()
                .map(it -> it.fact().type().substring("voice.call.".length()))
                .toList();
        assertThat(String.join(",", types)).isEqualTo(facts == null ? "" : facts);
    }

    @Test
    void readsPagesAndStartsTheNextPollBeforeTheLastCall() {
        retell.then(
                        200,
                        "{\"items\": [{\"call_id\": \"c\", \"start_timestamp\": 1700100000000}], \"has_more\": true, \"pagination_key\": \"k\"}")
                .then(200, call("\"call_status\": \"ended\""))
                .then(200, NONE)
                .then(200, NONE);
        Page first = read(Optional.empty());
        assertThat(first.more()).isTrue();
        Page second = read(Optional.of(first.cursor()));
        assertThat(second.more()).isFalse();
        read(Optional.of(second.cursor()));

        var requests = retell.seen();
        assertThat(requests.get(0)
                        .json()
                        .at("/filter_criteria/start_timestamp/value")
                        .asLong())
                .isEqualTo(FROM.toEpochMilli());
        assertThat(requests.get(0).json().path("sort_order").asString()).isEqualTo("ascending");
        assertThat(requests.get(0).headers()).containsEntry("Authorization", "Bearer key_1");
        assertThat(requests.get(1).path()).isEqualTo("/v2/get-call/c");
        assertThat(requests.get(2).json().path("pagination_key").asString()).isEqualTo("k");
        assertThat(requests.get(2)
                        .json()
                        .at("/filter_criteria/start_timestamp/value")
                        .asLong())
                .isEqualTo(FROM.toEpochMilli());
        assertThat(requests.get(3).json().has("pagination_key")).isFalse();
        assertThat(requests.get(3)
                        .json()
                        .at("/filter_criteria/start_timestamp/value")
                        .asLong())
                .isEqualTo(1_700_100_000_000L - 3 * 3_600_000);
    }

    @Test
    void missingAndMalformedCallsAreSkipped() {
        retell.then(200, "{\"items\": [{\"call_id\": \"c\"}, {\"call_id\": \"d\"}], \"has_more\": false}")
                .then(404, "{}")
                .then(200, "{\"call_id\": \"d\", \"call_status\": \"ended\"}");
        assertThat(read(Optional.empty()).found()).isEmpty();
    }

    @Test
    void failedRequestsAreUnavailable() {
        retell.then(500, "{}");
        assertThatThrownBy(() -> read(Optional.empty()))
                .isInstanceOf(Unavailable.class)
                .hasMessageContaining("500");
        retell.then(200, "{\"items\": [{\"call_id\": \"c\"}], \"has_more\": false}")
                .then(429, "{}");
        assertThatThrownBy(() -> read(Optional.empty()))
                .isInstanceOf(Unavailable.class)
                .hasMessageContaining("429");
        retell.thenNothing();
        assertThatThrownBy(() -> read(Optional.empty()))
                .isInstanceOf(Unavailable.class)
                .hasMessageContaining("lost");
        var nobody = TestHttp.account("retell", URI.create("http://127.0.0.1:1"), "{}", Map.of("api_key", "k"));
        assertThatThrownBy(() -> calls.read(nobody, "calls", Optional.empty(), FROM))
                .isInstanceOf(Unavailable.class);
    }

    @Test
    void looksUpASingleCall() {
        retell.then(200, call("\"call_status\": \"ended\"")).then(422, "{}");
        assertThat(calls.exists(account(), "calls", "c/1")).isTrue();
        assertThat(calls.exists(account(), "calls", "c")).isFalse();
        assertThat(retell.seen().getFirst().path()).isEqualTo("/v2/get-call/c%2F1");
        assertThat(calls.exhaustivelyListedTypes("calls")).contains("voice.call.ended");
        assertThat(calls.canPoll(account())).isTrue();
        assertThat(calls.webhookConnection(account())).isEqualTo(new ConnectionId("con_1"));
        assertThat(calls.provider()).isEqualTo("retell");
    }
}
