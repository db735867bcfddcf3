package dev.patchbay.integrations.googlecalendar;

import dev.patchbay.connections.http.HttpCall;
import dev.patchbay.connections.http.OutgoingHttp;
import dev.patchbay.connections.spi.AuthorizationCodeGrant;
import dev.patchbay.connections.spi.OAuthResponses;
import dev.patchbay.connections.spi.Provider;
import dev.patchbay.connections.spi.TokenRefresher.Tokens;
import dev.patchbay.kernel.Json;
import java.net.URI;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Google's authorization code grant with PKCE (Google Identity, "Using OAuth 2.0 for Web Server Applications"). An account is
 * identified by its primary calendar, whose id is the account's e-mail address.
 */
@Component
class GoogleAuthorization implements AuthorizationCodeGrant {

    private static final String SCOPE = "https://www.googleapis.com/auth/calendar.";

    /** The least that appointments need: listing calendars, querying busy times, and writing events. */
    private static final List<String> SCOPES =
            List.of(SCOPE + "calendarlist.readonly", SCOPE + "freebusy", SCOPE + "events");

    private static final Provider GOOGLE = GoogleAccounts.GOOGLE;

    private final OutgoingHttp http;
    private final Clock clock;

    GoogleAuthorization(OutgoingHttp http, Clock clock) {
        this.http = http;
        this.clock = clock;
    }

    @Override
    public Provider provider() {
        return GOOGLE;
    }

    @Override
    public URI authorizationUrl(OAuthApp app, AuthorizationRequest request) {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("response_type", "code");
        parameters.put("client_id", app.clientId());
        parameters.put("redirect_uri", request.redirectUri().toString());
        parameters.put("scope", String.join(" ", SCOPES));
        parameters.put("state", request.state());
        parameters.put("code_challenge", request.codeChallenge());
        parameters.put("code_challenge_method", "S256");
        parameters.put("access_type", "offline");
        // Without the prompt, an account that consented before gets no refresh token.
        parameters.put("prompt", "consent select_account");
        String server = app.baseUrl().equals(GOOGLE.baseUrl())
                ? "https://accounts.google.com"
                : app.baseUrl().toString();
        return OAuthResponses.buildUrl(server + "/o/oauth2/v2/auth", parameters);
    }

    @Override
    public GrantedAccess exchange(OAuthApp app, TokenRequest request) {
        JsonNode response = OAuthResponses.requireSuccess(
                GOOGLE,
                http.send(HttpCall.form(
                        "google/oauth.code",
                        tokenUrl(app),
                        Map.of(
                                "grant_type", "authorization_code",
                                "client_id", app.clientId(),
                                "client_secret", app.clientSecret(),
                                "code", request.code(),
                                "code_verifier", request.codeVerifier(),
                                "redirect_uri", request.redirectUri().toString()))),
                "rejected the authorization code");
        OAuthResponses.requireScopes(GOOGLE, SCOPES, response.path("scope").asString(""));
        String refreshToken = response.path("refresh_token").asString("");
        if (refreshToken.isEmpty()) {
            throw new GrantFailed("Google gave access for an hour only; remove Patchbay's access at"
                    + " myaccount.google.com/connections, then start connecting the account again.");
        }
        String accessToken = OAuthResponses.requireMember(GOOGLE, response, "access_token");
        var expiresAt = clock.instant().plusSeconds(response.path("expires_in").asLong(0));
        return new GrantedAccess(
                new Tokens(accessToken, Optional.empty(), expiresAt),
                refreshToken,
                findPrimaryCalendar(app, accessToken),
                Json.object());
    }

    static URI tokenUrl(OAuthApp app) {
        return URI.create(
                app.baseUrl().equals(GOOGLE.baseUrl())
                        ? GOOGLE.defaults().path("tokenUrl").asString()
                        : app.baseUrl() + "/token");
    }

    private String findPrimaryCalendar(OAuthApp app, String accessToken) {
        var call = HttpCall.get(
                        "google/calendars.primary",
                        URI.create(app.baseUrl() + "/calendar/v3/users/me/calendarList/primary"))
                .withHeader("Authorization", "Bearer " + accessToken);
        return OAuthResponses.requireMember(
                GOOGLE,
                OAuthResponses.requireSuccess(GOOGLE, http.send(call), "did not tell which account this is"),
                "id");
    }
}
