package dev.patchbay.integrations.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.connections.Account;
import dev.patchbay.connections.http.OutgoingHttp;
import dev.patchbay.connections.http.ScriptedProvider;
import dev.patchbay.connections.http.TestHttp;
import dev.patchbay.kernel.ProviderProblem;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TwilioAccountsTests {

    private final OutgoingHttp http = TestHttp.unchecked();
    private final TwilioAccounts accounts = new TwilioAccounts(http);
    private ScriptedProvider provider;

    @BeforeEach
    void start() throws IOException {
        provider = new ScriptedProvider();
    }

    @AfterEach
    void stop() throws IOException {
        provider.close();
        http.destroy();
    }

    private Account account() {
        return TestHttp.account("twilio", provider.address(), "{\"accountSid\":\"AC1\"}", Map.of("auth_token", "s"));
    }

    @Test
    void theListHasTheIdAndTheNameOfEach() {
        provider.then(200, """
                {"incoming_phone_numbers": [{"phone_number": "+1", "friendly_name": "Ada"}]}
                """);
        assertThat(accounts.list(account(), "number"))
                .singleElement()
                .satisfies(it -> assertThat(it.toString()).contains("+1", "Ada"));
    }

    @Test
    void aListThatTheProviderRefusesOrLosesIsAProblemOfTheProvider() {
        provider.then(500, "{}").thenNothing();
        for (int attempt = 0; attempt < 2; attempt++) {
            assertThatThrownBy(() -> accounts.list(account(), "number"))
                    .isInstanceOf(ProviderProblem.class)
                    .hasMessageContaining("Twilio does not list its numbers just now");
        }
    }
}
