package dev.patchbay.integrations.googlecalendar;

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

class GoogleAccountsTests {

    private final OutgoingHttp http = TestHttp.unchecked();
    private final GoogleAccounts accounts = new GoogleAccounts(http);
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
        return TestHttp.account("google", provider.address(), "{}", Map.of("access_token", "s"));
    }

    @Test
    void theListHasTheIdAndTheNameOfEach() {
        provider.then(200, """
                {"items": [{"id": "x1", "summary": "Ada"}]}
                """);
        assertThat(accounts.list(account(), "calendar"))
                .singleElement()
                .satisfies(it -> assertThat(it.toString()).contains("x1", "Ada"));
    }

    @Test
    void aListThatTheProviderRefusesOrLosesIsAProblemOfTheProvider() {
        provider.then(500, "{}").thenNothing();
        for (int attempt = 0; attempt < 2; attempt++) {
            assertThatThrownBy(() -> accounts.list(account(), "calendar"))
                    .isInstanceOf(ProviderProblem.class)
                    .hasMessageContaining("Google does not list its calendars just now");
        }
    }
}
