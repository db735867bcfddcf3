package dev.patchbay.connections.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.connections.Account;
import dev.patchbay.connections.internal.OAuthSettings.App;
import dev.patchbay.connections.internal.OAuthSettings.OAuth;
import dev.patchbay.connections.spi.AuthorizationCodeGrant;
import dev.patchbay.connections.spi.TokenRefresher.RefreshRefused;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.testing.PatchbayTest;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The client secret of the installation's app is added only to accounts granted to that app, at its own provider. */
@PatchbayTest
class OAuthAppsTests {

    private static final String GOOGLE = "https://www.googleapis.com";
    private static final App NONE = new App("", "", Optional.empty());

    @Autowired
    private List<AuthorizationCodeGrant> grants;

    private OAuthApps apps(App google) {
        return new OAuthApps(new OAuthSettings(new OAuth(google, NONE)), grants);
    }

    private OAuthApps prod() {
        return apps(new App("ours", "our-secret", Optional.empty()));
    }

    private static Account account(String base, String settings, Map<String, String> secrets) {
        return new Account(
                new ConnectionId("con_1"),
                new TenantId("tnt_1"),
                "google",
                URI.create(base),
                Json.read(settings),
                secrets);
    }

    @Test
    void anAccountGrantedToTheInstallationGetsTheClientSecretAndTheProvidersOwnAddresses() {
        var stolen = account(
                GOOGLE,
                "{\"tokenUrl\":\"https://evil.example/token\",\"requestsPerMinute\":5}",
                Map.of("client_id", "ours", "refresh_token", "r"));
        var complete = prod().addClientSecret(stolen);
        assertThat(complete.secret("client_secret")).isEqualTo("our-secret");
        assertThat(complete.settings().path("tokenUrl").asString()).isEqualTo("https://oauth2.googleapis.com/token");
        assertThat(complete.settings().path("requestsPerMinute").asInt()).isEqualTo(5);
        assertThat(prod().isGrantedToInstallation(stolen)).isTrue();
    }

    @Test
    void anAccountAtAnotherAddressOrOfAnotherAppGetsNoClientSecret() {
        var elsewhere = account("https://evil.example", "{}", Map.of("client_id", "ours", "refresh_token", "r"));
        assertThatThrownBy(() -> prod().addClientSecret(elsewhere)).isInstanceOf(RefreshRefused.class);
        var before = account(GOOGLE, "{}", Map.of("client_id", "before", "refresh_token", "r"));
        assertThatThrownBy(() -> prod().addClientSecret(before))
                .isInstanceOf(RefreshRefused.class)
                .hasMessage(
                        "The installation's app at Google has changed since this account was connected; connect it again.");
        var own = account(GOOGLE, "{}", Map.of("client_id", "ours", "client_secret", "own", "refresh_token", "r"));
        assertThat(prod().addClientSecret(own)).isSameAs(own);
        var empty = account(GOOGLE, "{}", Map.of());
        assertThat(prod().addClientSecret(empty)).isSameAs(empty);
        var retell = new Account(
                new ConnectionId("con_1"),
                new TenantId("tnt_1"),
                "retell",
                URI.create(GOOGLE),
                Json.object(),
                Map.of("client_id", "x"));
        assertThat(prod().addClientSecret(retell)).isSameAs(retell);
    }

    @Test
    void anInstallationWithoutAnAppNamesTheMissingSettings() {
        var google = prod().requireGrant("google").provider();
        for (App app : List.of(NONE, new App("id", "", Optional.empty()), new App("", "secret", Optional.empty()))) {
            assertThatThrownBy(() -> apps(app).requireApp(google))
                    .hasMessage(
                            "This installation has no app at Google yet: its operator sets PATCHBAY_OAUTH_GOOGLE_CLIENT_ID and"
                                    + " PATCHBAY_OAUTH_GOOGLE_CLIENT_SECRET. Or enter the secrets of an app of your own.");
        }
        assertThat(new OAuthSettings(new OAuth(NONE, NONE)).findApp("retell")).isEmpty();
    }

    @Test
    void noTextFormContainsASecret() {
        var app = new App("id", "hush", Optional.empty());
        assertThat(List.of(
                                app.toString(),
                                prod().requireApp(prod().requireGrant("google").provider())
                                        .toString(),
                                new OAuth(app, NONE).toString(),
                                new AuthorizationCodeGrant.TokenRequest(URI.create("http://x"), "hush", "hush")
                                        .toString())
                        .toString())
                .doesNotContain("hush", "our-secret");
    }
}
