package dev.patchbay.integrations.googlecalendar;

import dev.patchbay.connections.http.HttpCall;
import dev.patchbay.connections.http.OutgoingHttp;
import dev.patchbay.connections.spi.Consent;
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
class GoogleConsent implements Consent {

    private static final String SCOPE = "https://www.googleapis.com/auth/calendar.";

    /** No more than appointments take: which calendars there are, what is busy, and events. */
    private static final List<String> SCOPES =
            List.of(SCOPE + "calendarlist.readonly", SCOPE + "freebusy", SCOPE + "events");

    private static final Provider GOOGLE = GoogleAccounts.GOOGLE;

    private final OutgoingHttp http;
    private final Clock clock;

    GoogleConsent(OutgoingHttp http, Clock clock) {
        this.http = http;
        this.clock = clock;
    }

    @Override
    public Provider provider() {
        return GOOGLE;
    }

    @Override
    public URI page(App app, Asked asked) {
        var wanted = new LinkedHashMap<String, String>();
        wanted.put("response_type", "code");
        wanted.put("client_id", app.clientId());
        wanted.put("redirect_uri", asked.back().toString());
        wanted.put("scope", String.join(" ", SCOPES));
        wanted.put("state", asked.state());
        wanted.put("code_challenge", asked.challenge());
        wanted.put("code_challenge_method", "S256");
        wanted.put("access_type", "offline");
        // Without it an account that consented before gets no refresh token.
        wanted.put("prompt", "consent select_account");
        String page = app.baseUrl().equals(GOOGLE.baseUrl())
                ? "https://accounts.google.com"
                : app.baseUrl().toString();
        return Consent.address(page + "/o/oauth2/v2/auth", wanted);
    }

    @Override
    public Granted exchange(App app, Returned returned) {
        JsonNode given = Consent.answer(
                GOOGLE,
                http.send(HttpCall.form(
                        "google/oauth.code",
                        tokenUrl(app),
                        Map.of(
                                "grant_type", "authorization_code",
                                "client_id", app.clientId(),
                                "client_secret", app.clientSecret(),
                                "code", returned.code(),
                                "code_verifier", returned.verifier(),
                                "redirect_uri", returned.back().toString()))),
                "did not take what the browser brought back");
        Consent.requireAll(GOOGLE, SCOPES, given.path("scope").asString(""));
        String refresh = given.path("refresh_token").asString("");
        if (refresh.isEmpty()) {
            throw new Failed("Google gave access for an hour only; take Patchbay's access away at"
                    + " myaccount.google.com/connections, then connect the account anew.");
        }
        String access = Consent.required(GOOGLE, given, "access_token");
        var until = clock.instant().plusSeconds(given.path("expires_in").asLong(0));
        return new Granted(new Tokens(access, Optional.empty(), until), refresh, primary(app, access), Json.object());
    }

    static URI tokenUrl(App app) {
        return URI.create(
                app.baseUrl().equals(GOOGLE.baseUrl())
                        ? GOOGLE.defaults().path("tokenUrl").asString()
                        : app.baseUrl() + "/token");
    }

    private String primary(App app, String access) {
        var call = HttpCall.get(
                        "google/calendars.primary",
                        URI.create(app.baseUrl() + "/calendar/v3/users/me/calendarList/primary"))
                .with("Authorization", "Bearer " + access);
        return Consent.required(
                GOOGLE, Consent.answer(GOOGLE, http.send(call), "does not say which account this is"), "id");
    }
}
