package dev.patchbay.integrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.connections.http.ScriptedProvider;
import dev.patchbay.connections.spi.AuthorizationCodeGrant;
import dev.patchbay.connections.spi.AuthorizationCodeGrant.AuthorizationRequest;
import dev.patchbay.connections.spi.AuthorizationCodeGrant.GrantFailed;
import dev.patchbay.connections.spi.AuthorizationCodeGrant.OAuthApp;
import dev.patchbay.connections.spi.AuthorizationCodeGrant.TokenRequest;
import dev.patchbay.connections.spi.OAuthResponses;
import dev.patchbay.kernel.Json;
import dev.patchbay.testing.PatchbayTest;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Authorization pages of the providers themselves, and token responses that the sandbox does not send. */
@PatchbayTest
class AuthorizationPageTests {

    private static final URI REDIRECT_URI = URI.create("https://patchbay.example/connect/x/callback");
    private static final AuthorizationRequest AUTHORIZATION_REQUEST =
            new AuthorizationRequest(REDIRECT_URI, "st", "ch");
    private static final TokenRequest TOKEN_REQUEST = new TokenRequest(REDIRECT_URI, "code", "v".repeat(43));
    private static final String GOOGLE_SCOPES = "https://www.googleapis.com/auth/calendar.calendarlist.readonly"
            + " https://www.googleapis.com/auth/calendar.freebusy https://www.googleapis.com/auth/calendar.events";

    @Autowired
    private List<AuthorizationCodeGrant> grants;

    private ScriptedProvider provider;

    @BeforeEach
    void listen() throws IOException {
        provider = new ScriptedProvider();
    }

    @AfterEach
    void close() {
        provider.close();
    }

    private AuthorizationCodeGrant grantOf(String name) {
        return grants.stream()
                .filter(one -> one.provider().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private OAuthApp app() {
        return new OAuthApp(provider.address(), "id", "secret");
    }

    @Test
    void ownersConsentOnTheProvidersOwnPages() {
        var google = grantOf("google");
        assertThat(google.authorizationUrl(
                        new OAuthApp(google.provider().baseUrl(), "id &", "secret"), AUTHORIZATION_REQUEST))
                .hasToString("https://accounts.google.com/o/oauth2/v2/auth?response_type=code&client_id=id%20%26"
                        + "&redirect_uri=https%3A%2F%2Fpatchbay.example%2Fconnect%2Fx%2Fcallback&scope="
                        + GOOGLE_SCOPES.replace("/", "%2F").replace(":", "%3A").replace(" ", "%20")
                        + "&state=st&code_challenge=ch&code_challenge_method=S256&access_type=offline"
                        + "&prompt=consent%20select_account");
        var highLevel = grantOf("highlevel");
        assertThat(highLevel.authorizationUrl(
                        new OAuthApp(highLevel.provider().baseUrl(), "id", "secret"), AUTHORIZATION_REQUEST))
                .asString()
                .startsWith("https://marketplace.gohighlevel.com/oauth/chooselocation?response_type=code&client_id=id&")
                .contains("scope=contacts.readonly%20contacts.write%20", "calendars%2Fevents.readonly")
                .doesNotContain("challenge", "secret");
    }

    private void assertFailed(String name, String sentence) {
        assertThatThrownBy(() -> grantOf(name).exchange(app(), TOKEN_REQUEST))
                .isInstanceOf(GrantFailed.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void accessToAnAgencyInsteadOfALocationIsRefused() {
        provider.then(200, "{\"access_token\":\"a\",\"refresh_token\":\"r\",\"expires_in\":9,\"scope\":\"\"}");
        assertFailed("highlevel", "access to an agency, not to one location");
        assertThat(provider.seen().getFirst().body())
                .contains("code=code", "user_type=Location", "grant_type=authorization_code");
    }

    @Test
    void failedTokenRequestsAreNamed() {
        for (String name : List.of("google", "highlevel")) {
            provider.then(400, "no").then(503, "").thenNothing();
            assertFailed(name, "rejected the authorization code (status 400)");
            assertFailed(name, "answered 503");
            assertFailed(name, "did not answer");
            assertThatThrownBy(() -> grantOf(name)
                            .exchange(new OAuthApp(URI.create("http://no.invalid"), "id", "s"), TOKEN_REQUEST))
                    .hasMessageContaining("could not be asked");
        }
    }

    @Test
    void theTextFormOfGrantedAccessContainsNoSecret() {
        provider.then(
                        200,
                        "{\"access_token\":\"hush\",\"refresh_token\":\"hush\",\"expires_in\":9,\"scope\":\""
                                + GOOGLE_SCOPES + "\"}")
                .then(200, "{\"id\":\"ann@acme.example\"}");
        var grantedAccess = grantOf("google").exchange(app(), TOKEN_REQUEST);
        assertThat(grantedAccess.account()).isEqualTo("ann@acme.example");
        assertThat(grantedAccess.toString()).doesNotContain("hush");
    }

    @Test
    void aMissingMemberIsNamed() {
        assertThatThrownBy(() ->
                        OAuthResponses.requireMember(grantOf("highlevel").provider(), Json.object(), "refresh_token"))
                .hasMessage("HighLevel answered without refresh_token; start connecting the account again.");
    }
}
