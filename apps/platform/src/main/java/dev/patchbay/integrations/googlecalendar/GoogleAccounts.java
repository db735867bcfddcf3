package dev.patchbay.integrations.googlecalendar;

import dev.patchbay.connections.Account;
import dev.patchbay.connections.http.HttpCall;
import dev.patchbay.connections.http.HttpOutcome;
import dev.patchbay.connections.http.HttpOutcome.Answered;
import dev.patchbay.connections.http.OutgoingHttp;
import dev.patchbay.connections.spi.Consent;
import dev.patchbay.connections.spi.Directory;
import dev.patchbay.connections.spi.Finding;
import dev.patchbay.connections.spi.Probe;
import dev.patchbay.connections.spi.Provider;
import dev.patchbay.connections.spi.TokenRefresher.RefreshUnavailable;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.ProviderProblem;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Accounts at Google whose calendars are kept, by a person's consent to an agency's app. */
@Component
class GoogleAccounts implements Probe, Directory, Consent {

    private static final Provider GOOGLE = new Provider(
            "google",
            "Google",
            URI.create("https://www.googleapis.com"),
            Set.of("client_id", "client_secret", "refresh_token"),
            Set.of(),
            Set.of("calendar"),
            false,
            Json.object()
                    .put("consentUrl", "https://accounts.google.com/o/oauth2/v2/auth")
                    .put("tokenUrl", "https://oauth2.googleapis.com/token"));
    private static final String SCOPES =
            "https://www.googleapis.com/auth/calendar.events https://www.googleapis.com/auth/calendar.readonly";

    private final OutgoingHttp http;
    private final GoogleTokens tokens;

    GoogleAccounts(OutgoingHttp http, GoogleTokens tokens) {
        this.http = http;
        this.tokens = tokens;
    }

    @Override
    public Provider provider() {
        return GOOGLE;
    }

    @Override
    public Finding probe(Account account) {
        return Finding.of(calendars(account.baseUrl(), account.secret("access_token")), GOOGLE.title(), "the access");
    }

    @Override
    public Set<String> kinds() {
        return Set.of("calendar");
    }

    @Override
    public List<Resource> list(Account account, String kind) {
        return body(calendars(account.baseUrl(), account.secret("access_token")))
                .path("items")
                .valueStream()
                .map(it -> new Resource(
                        it.path("id").asString(""), it.path("summary").asString("")))
                .toList();
    }

    private static JsonNode body(HttpOutcome outcome) {
        if (!(outcome instanceof Answered answered && answered.isSuccess())) {
            throw new ProviderProblem("google", "Google does not list its calendars just now; try again.");
        }
        return answered.body();
    }

    private HttpOutcome calendars(URI base, String accessToken) {
        return http.send(HttpCall.get(
                        "google/calendars.list", URI.create(base + "/calendar/v3/users/me/calendarList?maxResults=250"))
                .with("Authorization", "Bearer " + accessToken));
    }

    /** Offline and with the question asked again: else Google hands out no refresh token the second time. */
    @Override
    public URI page(Account app, URI redirect, String state, String challenge) {
        String page = app.settings().path("consentUrl").asString(app.baseUrl() + "/o/oauth2/auth");
        return URI.create(page + "?response_type=code&access_type=offline&prompt=consent&code_challenge_method=S256"
                + "&client_id=" + encode(app.secret("client_id"))
                + "&redirect_uri=" + encode(redirect.toString())
                + "&scope=" + encode(SCOPES)
                + "&state=" + encode(state)
                + "&code_challenge=" + encode(challenge));
    }

    /** The account is called as its first calendar is: by the e-mail address. */
    @Override
    public Grant exchange(Account app, URI redirect, String code, String verifier) {
        var granted = tokens.tokens(tokens.ask(
                app,
                Map.of(
                        "grant_type",
                        "authorization_code",
                        "code",
                        code,
                        "redirect_uri",
                        redirect.toString(),
                        "code_verifier",
                        verifier)));
        String account = body(calendars(app.baseUrl(), granted.accessToken()))
                .path("items")
                .valueStream()
                .filter(it -> it.path("primary").asBoolean(false))
                .map(it -> it.path("id").asString(""))
                .findFirst()
                .orElseThrow(() -> new RefreshUnavailable("Google does not say whose account it is."));
        var settings = Json.object();
        app.settings().optional("tokenUrl").ifPresent(url -> settings.set("tokenUrl", url));
        return new Grant(granted, account, settings);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
