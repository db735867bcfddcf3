package dev.patchbay.integrations.highlevel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.connections.Account;
import dev.patchbay.connections.http.OutgoingHttp;
import dev.patchbay.connections.http.ScriptedProvider;
import dev.patchbay.connections.http.TestHttp;
import dev.patchbay.connections.spi.TokenRefresher.RefreshRefused;
import dev.patchbay.connections.spi.TokenRefresher.RefreshUnavailable;
import dev.patchbay.connections.spi.TokenRefresher.Tokens;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HighLevelTokenRefresherTests {

    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final Map<String, String> SECRETS =
            Map.of("client_id", "id", "client_secret", "secret", "refresh_token", "old");
    private final OutgoingHttp http = TestHttp.checking();
    private final OutgoingHttp unchecked = TestHttp.unchecked();
    private final HighLevelTokenRefresher tokens = new HighLevelTokenRefresher(http, Clock.fixed(NOW, ZoneOffset.UTC));
    private ScriptedProvider provider;
    private Account account;

    @BeforeEach
    void listen() throws IOException {
        provider = new ScriptedProvider();
        account = TestHttp.account("highlevel", provider.address(), "{}", SECRETS);
    }

    @AfterEach
    void close() throws IOException {
        provider.close();
        http.destroy();
        unchecked.destroy();
    }

    @Test
    void returnsBothTokens() {
        provider.then(200, "{\"access_token\":\"a\",\"refresh_token\":\"new\",\"expires_in\":86399}");
        assertThat(tokens.refresh(account, Optional.empty()))
                .isEqualTo(new Tokens("a", Optional.of("new"), NOW.plusSeconds(86399)));
        assertThat(provider.seen().getFirst().path()).isEqualTo("/oauth/token");
        assertThat(provider.seen().getFirst().body()).contains("user_type=Location", "refresh_token=old");
        assertThat(tokens.provider()).isEqualTo("highlevel");
    }

    @Test
    void aRejectedGrantIsRefused() {
        provider.then(400, "{\"error\":\"invalid_grant\"}").then(401, "{}");
        assertThatThrownBy(() -> tokens.refresh(account, Optional.empty())).isInstanceOf(RefreshRefused.class);
        assertThatThrownBy(() -> tokens.refresh(account, Optional.empty())).isInstanceOf(RefreshRefused.class);
    }

    @Test
    void namesTheLostResponseThatUsedUpTheRefreshToken() {
        provider.then(400, "{\"error\":\"invalid_grant\"}").then(401, "{\"error\":\"invalid_client\"}");
        var lost = Optional.of(Instant.parse("2026-11-23T12:03:40Z"));
        assertThatThrownBy(() -> tokens.refresh(account, lost))
                .isInstanceOf(RefreshRefused.class)
                .hasMessage("The answer to a token refresh at 12:03 UTC was lost and HighLevel gives each token once:"
                        + " connect the account again.");
        assertThatThrownBy(() -> tokens.refresh(account, lost)).hasMessageContaining("invalid_client");
    }

    @Test
    void anUnclearResponseIsUnavailable() {
        provider.then(503, "").thenNothing().then(200, "{}");
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> tokens.refresh(account, Optional.empty())).isInstanceOf(RefreshUnavailable.class);
        }
        Account nowhere = TestHttp.account("highlevel", URI.create("http://no.invalid"), "{}", SECRETS);
        assertThatThrownBy(() -> tokens.refresh(nowhere, Optional.empty())).isInstanceOf(RefreshUnavailable.class);
        provider.then(200, "{}");
        var prod = new HighLevelTokenRefresher(unchecked, Clock.systemUTC());
        assertThatThrownBy(() -> prod.refresh(account, Optional.empty())).isInstanceOf(RefreshUnavailable.class);
    }
}
