package dev.patchbay.integrations.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.connections.Account;
import dev.patchbay.connections.http.OutgoingHttp;
import dev.patchbay.connections.http.ScriptedProvider;
import dev.patchbay.connections.http.TestHttp;
import dev.patchbay.usage.spi.RejectedStatement;
import dev.patchbay.usage.spi.RejectedStatement.Code;
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

class TwilioUsageSourceTests {

    private static final Window WINDOW =
            new Window(Instant.parse("2026-10-01T00:00:00Z"), Instant.parse("2026-10-04T00:00:00Z"));
    private static final String DATE = "'date_created': 'Thu, 01 Oct 2026 10:00:00 +0000'";

    private final OutgoingHttp http = TestHttp.unchecked();
    private final TwilioUsageSource usage = new TwilioUsageSource(http);
    private ScriptedProvider twilio;

    @BeforeEach
    void start() throws IOException {
        twilio = new ScriptedProvider();
    }

    @AfterEach
    void stop() throws IOException {
        twilio.close();
        http.destroy();
    }

    private Page read(Optional<String> cursor) {
        Account account =
                TestHttp.account("twilio", twilio.address(), "{\"accountSid\":\"AC1\"}", Map.of("auth_token", "token"));
        return usage.read(account, WINDOW, cursor);
    }

    private Page read(String... messages) {
        twilio.then(200, ("{'messages': [" + String.join(", ", messages) + "]}").replace('\'', '"'));
        return read(Optional.empty());
    }

    @Test
    void aMessageWithoutAPriceIsPending() {
        Page page = read("{'sid': 'SM1', 'price': null}", "{'sid': 'SM2'}");
        assertThat(page.pending()).containsExactlyInAnyOrder("SM1", "SM2");
        assertThat(page.statements()).isEmpty();
        assertThat(page.more()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"inbound, sms_inbound, +2", "outbound-api, sms_outbound, +1"})
    void aPricedMessageIsUsageOfOurNumber(String direction, String product, String number) {
        UsageStatement statement = read("{'sid': 'SM1', 'price': '-0.0075', 'price_unit': 'usd', 'num_segments': '2',"
                        + " 'from': '+1', 'to': '+2', 'direction': '" + direction + "', " + DATE + "}")
                .statements()
                .getFirst();
        assertThat(statement.source().externalId()).isEqualTo(number);
        assertThat(statement.statement().has("from")).isFalse();
        assertThat(statement.charges()).singleElement().satisfies(charge -> {
            assertThat(charge.product()).isEqualTo(product);
            assertThat(charge.quantity()).isEqualByComparingTo("2");
            assertThat(charge.cost()).isEqualByComparingTo("0.0075");
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'price': '-1'                                              | CURRENCY_MISSING",
                "'price': '-1', 'price_unit': 'points'                      | CURRENCY_MISSING",
                "'price': '1', 'price_unit': 'usd'                          | NEGATIVE_COST",
                "'price': '-1', 'price_unit': 'usd', 'num_segments': '-1'   | NEGATIVE_COST",
                "'price': 'free', 'price_unit': 'usd'                       | MALFORMED",
                "'price': '-1', 'price_unit': 'usd', 'date_created': 'then' | MALFORMED"
            })
    void aPriceThatIsNoCostIsRejectedWithItsReason(String members, Code code) {
        Page page = read("{'sid': 'SM1', " + members + "}");
        assertThat(page.statements()).isEmpty();
        assertThat(page.rejected()).extracting(RejectedStatement::code).containsExactly(code);
    }

    @Test
    void aListWithANextPageIsReadOn() {
        twilio.then(200, "{\"messages\": [], \"next_page_uri\": \"/next\"}");
        Page page = read(Optional.of("3"));
        assertThat(page.more()).isTrue();
        assertThat(page.cursor()).isEqualTo("4");
        assertThat(twilio.seen().getFirst().path()).endsWith("&Page=3");
    }

    @Test
    void aFailureMakesUsageUnavailable() {
        twilio.then(500, "{}").thenNothing();
        assertThatThrownBy(() -> read(Optional.empty()))
                .isInstanceOf(Unavailable.class)
                .hasMessage("Twilio answered 500 to the list of messages.");
        assertThatThrownBy(() -> read(Optional.empty())).isInstanceOf(Unavailable.class);
        twilio.close();
        assertThatThrownBy(() -> read(Optional.empty())).isInstanceOf(Unavailable.class);
    }
}
