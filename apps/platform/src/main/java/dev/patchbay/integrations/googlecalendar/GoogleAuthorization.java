package dev.patchbay.integrations.googlecalendar;

import dev.patchbay.connections.http.HttpCall;
import dev.patchbay.connections.http.OutgoingHttp;
import dev.patchbay.connections.spi.AuthorizationCodeGrant;
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

/** Google's consent page, with PKCE. An account is known by its primary calendar, which is called by its e-mail address. */
@Component
class GoogleAuthorization implements AuthorizationCodeGrant {

    private static final String SCOPE = "https://www.googleapis.com/auth/calendar.";

    /** No more than appointments take: which calendars there are, what is busy, and events. */
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
    public URI authorizationUrl(OAuthApp oAuthApp, AuthorizationRequest authorizationRequest) {
        var wanted = new LinkedHashMap<String, String>();
        wanted.put("response_type", "code");
        wanted.put("client_id", oAuthApp.clientId());
        wanted.put("redirect_uri", authorizationRequest.redirectUri().toString());
        wanted.put("scope", String.join(" ", SCOPES));
        wanted.put("state", authorizationRequest.state());
        wanted.put("code_challenge", authorizationRequest.codeChallenge());
        wanted.put("code_challenge_method", "S256");
        wanted.put("access_type", "offline");
        // Without it an account that consented before gets no refresh token.
        wanted.put("prompt", "consent select_account");
        String page = oAuthApp.baseUrl().equals(GOOGLE.baseUrl())
                ? "https://accounts.google.com"
                : oAuthApp.baseUrl().toString();
        return AuthorizationCodeGrant.address(page + "/o/oauth2/v2/auth", wanted);
    }

    @Override
    public GrantedAccess exchange(OAuthApp oAuthApp, TokenRequest tokenRequest) {
        JsonNode given = AuthorizationCodeGrant.answer(
                GOOGLE,
                http.send(HttpCall.form(
                        "google/oauth.code",
                        tokenUrl(oAuthApp),
                        Map.of(
                                "grant_type", "authorization_code",
                                "client_id", oAuthApp.clientId(),
                                "client_secret", oAuthApp.clientSecret(),
                                "code", tokenRequest.code(),
                                "code_verifier", tokenRequest.codeVerifier(),
                                "redirect_uri", tokenRequest.redirectUri().toString()))),
                "did not take what the browser brought back");
        AuthorizationCodeGrant.requireAll(GOOGLE, SCOPES, given.path("scope").asString(""));
        String refresh = given.path("refresh_token").asString("");
        if (refresh.isEmpty()) {
            throw new GrantFailed("Google gave access for an hour only; take Patchbay's access away at"
                    + " myaccount.google.com/connections, then connect the account anew.");
        }
        String access = AuthorizationCodeGrant.required(GOOGLE, given, "access_token");
        var until = clock.instant().plusSeconds(given.path("expires_in").asLong(0));
        return new GrantedAccess(new Tokens(access, Optional.empty(), until), refresh, findPrimaryCalendar(oAuthApp, access), Json.object());
    }

    static URI tokenUrl(OAuthApp oAuthApp) {
        return URI.create(
                oAuthApp.baseUrl().equals(GOOGLE.baseUrl())
                        ? GOOGLE.defaults().path("tokenUrl").asString()
                        : oAuthApp.baseUrl() + "/token");
    }

    private String findPrimaryCalendar(OAuthApp oAuthApp, String access) {
        var call = HttpCall.get(
                        "google/calendars.primary",
                        URI.create(oAuthApp.baseUrl() + "/calendar/v3/users/me/calendarList/primary"))
                .withHeader("Authorization", "Bearer " + access);
        return AuthorizationCodeGrant.required(
                GOOGLE, AuthorizationCodeGrant.answer(GOOGLE, http.send(call), "does not say which account this is"), "id");
    }
}
