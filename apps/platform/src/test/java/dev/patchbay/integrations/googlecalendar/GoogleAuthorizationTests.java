package dev.patchbay.integrations.googlecalendar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.connections.spi.AuthorizationCodeGrant.OAuthApp;
import java.net.URI;
import org.junit.jupiter.api.Test;

class GoogleAuthorizationTests {

    @Test
    void codesAreExchangedAtTheTokenEndpointOfRefreshes() {
        assertThat(GoogleAuthorization.tokenUrl(new OAuthApp(GoogleAccounts.GOOGLE.baseUrl(), "id", "secret")))
                .hasToString("https://oauth2.googleapis.com/token");
        assertThat(GoogleAuthorization.tokenUrl(
                        new OAuthApp(URI.create("http://127.0.0.1:4010/google"), "id", "secret")))
                .hasToString("http://127.0.0.1:4010/google/token");
    }
}
