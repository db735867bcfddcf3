package dev.patchbay.integrations.highlevel;

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

/** HighLevel's page to choose a location. It knows no PKCE; what holds the browser is the state. */
@Component
class HighLevelConsent implements Consent {

    /** No more than contacts, and asking for what no webhook told, take. */
    private static final List<String> SCOPES = List.of(
            "contacts.readonly",
            "contacts.write",
            "locations.readonly",
            "calendars.readonly",
            "calendars/events.readonly",
            "conversations.readonly",
            "conversations/message.readonly");

    private static final Provider HIGHLEVEL = HighLevelAccounts.HIGHLEVEL;

    private final OutgoingHttp http;
    private final Clock clock;

    HighLevelConsent(OutgoingHttp http, Clock clock) {
        this.http = http;
        this.clock = clock;
    }

    @Override
    public Provider provider() {
        return HIGHLEVEL;
    }

    @Override
    public URI page(App app, Asked asked) {
        var wanted = new LinkedHashMap<String, String>();
        wanted.put("response_type", "code");
        wanted.put("client_id", app.clientId());
        wanted.put("redirect_uri", asked.back().toString());
        wanted.put("scope", String.join(" ", SCOPES));
        wanted.put("state", asked.state());
        String page = app.baseUrl().equals(HIGHLEVEL.baseUrl())
                ? "https://marketplace.gohighlevel.com"
                : app.baseUrl().toString();
        return Consent.address(page + "/oauth/chooselocation", wanted);
    }

    @Override
    public Granted exchange(App app, Returned returned) {
        JsonNode given = Consent.answer(
                HIGHLEVEL,
                http.send(HttpCall.form(
                        "highlevel/oauth.code",
                        URI.create(app.baseUrl() + "/oauth/token"),
                        Map.of(
                                "grant_type", "authorization_code",
                                "client_id", app.clientId(),
                                "client_secret", app.clientSecret(),
                                "code", returned.code(),
                                "user_type", "Location",
                                "redirect_uri", returned.back().toString()))),
                "did not take what the browser brought back");
        String location = given.path("locationId").asString("");
        if (location.isEmpty()) {
            throw new Failed(
                    "HighLevel gave access to an agency, not to one location; connect the account anew and choose a location.");
        }
        Consent.requireAll(HIGHLEVEL, SCOPES, given.path("scope").asString(""));
        var until = clock.instant().plusSeconds(given.path("expires_in").asLong(0));
        return new Granted(
                new Tokens(Consent.required(HIGHLEVEL, given, "access_token"), Optional.empty(), until),
                Consent.required(HIGHLEVEL, given, "refresh_token"),
                location,
                Json.object().put("locationId", location));
    }
}
