package dev.patchbay.integrations.googlecalendar;

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

class GoogleTokenRefresherTests {

    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final Map<String, String> SECRETS =
            Map.of("client_id", "id", "client_secret", "secret", "refresh_token", "old");
    private final OutgoingHttp http = TestHttp.checking();
    private final OutgoingHttp unchecked = TestHttp.unchecked();
    private final GoogleTokenRefresher tokens = new GoogleTokenRefresher(http, Clock.fixed(NOW, ZoneOffset.UTC));
    private ScriptedProvider provider;
    private Account account;

    @BeforeEach
    void listen() throws IOException {
        provider = new ScriptedProvider();
        account = TestHttp.account("google", provider.address(), "{}", SECRETS);
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
        assertThat(provider.seen().getFirst().path()).isEqualTo("/token");
        assertThat(provider.seen().getFirst().body()).contains("refresh_token=old");
        assertThat(tokens.provider()).isEqualTo("google");
    }

    @Test
    void usesTheConnectionsTokenUrlAndKeepsTheRefreshToken() {
        provider.then(200, "{\"access_token\":\"a\",\"expires_in\":3599}");
        Account elsewhere = TestHttp.account(
                "google",
                URI.create("http://no.invalid"),
                "{\"tokenUrl\":\"" + provider.address() + "/o/token\"}",
                SECRETS);
        assertThat(tokens.refresh(elsewhere, Optional.empty()).refreshToken()).isEmpty();
        assertThat(provider.seen().getFirst().path()).isEqualTo("/o/token");
    }

    @Test
    void aRejectedGrantIsRefused() {
        provider.then(400, "{\"error\":\"invalid_grant\"}").then(401, "{}");
        assertThatThrownBy(() -> tokens.refresh(account, Optional.empty())).isInstanceOf(RefreshRefused.class);
        assertThatThrownBy(() -> tokens.refresh(account, Optional.empty())).isInstanceOf(RefreshRefused.class);
    }

    @Test
    void anUnclearResponseIsUnavailable() {
        provider.then(503, "").thenNothing().then(200, "{}");
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> tokens.refresh(account, Optional.empty())).isInstanceOf(RefreshUnavailable.class);
        }
        Account nowhere = TestHttp.account("google", URI.create("http://no.invalid"), "{}", SECRETS);
        assertThatThrownBy(() -> tokens.refresh(nowhere, Optional.empty())).isInstanceOf(RefreshUnavailable.class);
        provider.then(200, "{}");
        var prod = new GoogleTokenRefresher(unchecked, Clock.systemUTC());
        assertThatThrownBy(() -> prod.refresh(account, Optional.empty())).isInstanceOf(RefreshUnavailable.class);
    }
}
