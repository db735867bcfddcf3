package dev.patchbay.integrations.retell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.connections.Account;
import dev.patchbay.connections.http.OutgoingHttp;
import dev.patchbay.connections.http.ScriptedProvider;
import dev.patchbay.connections.http.TestHttp;
import dev.patchbay.usage.spi.UsageSource.Page;
import dev.patchbay.usage.spi.UsageSource.Unavailable;
import dev.patchbay.usage.spi.UsageSource.Window;
import dev.patchbay.usage.spi.UsageStatement;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetellUsageSourceTests {

    private static final Window WINDOW = new Window(Instant.ofEpochMilli(1000), Instant.ofEpochMilli(9000));
    private static final String STATED =
            "{'call_id': 'a', 'call_status': 'ended', 'start_timestamp': 2000, 'call_cost': {}}";
    private static final String PENDING = "{'call_id': 'b', 'call_status': 'ongoing', 'start_timestamp': 3000}";
    private static final String REJECTED = "{'call_id': 'c', 'call_status': 'ended', 'call_cost': {}}";
    private static final String AFTER = "{'call_id': 'd', 'call_status': 'ongoing', 'start_timestamp': 9000}";

    private final OutgoingHttp http = TestHttp.unchecked();
    private final RetellUsageSource usage = new RetellUsageSource(http);
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

    private Page read(String rest, String... calls) {
        retell.then(200, ("{'items': [" + String.join(", ", calls) + "]" + rest + "}").replace('\'', '"'));
        return usage.read(account(), WINDOW, Optional.empty());
    }

    @Test
    void eachCallOfThePageIsStatedPendingOrRejected() {
        Page page = read(", 'has_more': true, 'pagination_key': 'k'", STATED, PENDING, REJECTED);
        assertThat(page.statements()).extracting(UsageStatement::subject).containsExactly("a");
        assertThat(page.pending()).containsExactly("b");
        assertThat(page.rejected())
                .singleElement()
                .satisfies(it -> assertThat(it.subject()).isEqualTo("c"));
        assertThat(page.more()).isTrue();
        assertThat(page.cursor()).isEqualTo("k");
        assertThat(page.listedUpTo()).contains(Instant.ofEpochMilli(3000));
    }

    @ParameterizedTest
    @ValueSource(strings = {", 'has_more': false, 'pagination_key': 'k'", ", 'has_more': true", ""})
    void aPageWithoutANextOneEndsTheWindow(String rest) {
        Page page = read(rest, STATED);
        assertThat(page.more()).isFalse();
        assertThat(page.listedUpTo()).contains(WINDOW.to());
    }

    @Test
    void aCallAfterTheWindowEndsTheList() {
        Page page = read(", 'has_more': true, 'pagination_key': 'k'", PENDING, AFTER);
        assertThat(page.pending()).containsExactly("b");
        assertThat(page.more()).isFalse();
        assertThat(page.listedUpTo()).contains(WINDOW.to());
    }

    @Test
    void theNextPageIsReadFromItsKey() {
        retell.then(200, "{\"items\": []}");
        usage.read(account(), WINDOW, Optional.of("k"));
        var request = retell.seen().getFirst().json();
        assertThat(request.path("pagination_key").asString()).isEqualTo("k");
        assertThat(request.at("/filter_criteria/start_timestamp/value").asLong())
                .isEqualTo(1000);
    }

    @ParameterizedTest
    @CsvSource({"500, {}", "200, {}"})
    void aListThatIsNoneMakesUsageUnavailable(int status, String body) {
        retell.then(status, body);
        assertThatThrownBy(() -> usage.read(account(), WINDOW, Optional.empty()))
                .isInstanceOf(Unavailable.class)
                .hasMessage("Retell answered " + status + " to the list of calls.");
    }

    @ParameterizedTest
    @CsvSource({"200, true", "404, false", "422, false"})
    void aCallExistsUnlessRetellDoesNotHaveIt(int status, boolean exists) {
        retell.then(status, "{}");
        assertThat(usage.exists(account(), "a b")).isEqualTo(exists);
        assertThat(retell.seen().getFirst().path()).isEqualTo("/v2/get-call/a+b");
    }

    @Test
    void aFailureProvesNothingAboutACall() {
        retell.then(500, "{}");
        assertThatThrownBy(() -> usage.exists(account(), "a")).isInstanceOf(Unavailable.class);
    }

    @Test
    void aLostResponseAndAProviderOutOfReachMakeUsageUnavailable() {
        retell.thenNothing();
        assertThatThrownBy(() -> usage.exists(account(), "a")).isInstanceOf(Unavailable.class);
        retell.close();
        assertThatThrownBy(() -> usage.exists(account(), "a")).isInstanceOf(Unavailable.class);
    }
}
