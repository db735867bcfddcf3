package dev.patchbay.integrations.googlecalendar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.connections.spi.Consent.App;
import java.net.URI;
import org.junit.jupiter.api.Test;

class GoogleConsentTests {

    @Test
    void codesAreExchangedWhereTokensAreRenewed() {
        assertThat(GoogleConsent.tokenUrl(new App(GoogleAccounts.GOOGLE.baseUrl(), "id", "secret")))
                .hasToString("https://oauth2.googleapis.com/token");
        assertThat(GoogleConsent.tokenUrl(new App(URI.create("http://127.0.0.1:4010/google"), "id", "secret")))
                .hasToString("http://127.0.0.1:4010/google/token");
    }
}
