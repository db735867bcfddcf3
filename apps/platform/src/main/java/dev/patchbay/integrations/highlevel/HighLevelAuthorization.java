package dev.patchbay.integrations.highlevel;

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

/** HighLevel's page to choose a location. It knows no PKCE; what holds the browser is the state. */
@Component
class HighLevelAuthorization implements AuthorizationCodeGrant {

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

    HighLevelAuthorization(OutgoingHttp http, Clock clock) {
        this.http = http;
        this.clock = clock;
    }

    @Override
    public Provider provider() {
        return HIGHLEVEL;
    }

    @Override
    public URI authorizationUrl(OAuthApp oAuthApp, AuthorizationRequest authorizationRequest) {
        var wanted = new LinkedHashMap<String, String>();
        wanted.put("response_type", "code");
        wanted.put("client_id", oAuthApp.clientId());
        wanted.put("redirect_uri", authorizationRequest.redirectUri().toString());
        wanted.put("scope", String.join(" ", SCOPES));
        wanted.put("state", authorizationRequest.state());
        String page = oAuthApp.baseUrl().equals(HIGHLEVEL.baseUrl())
                ? "https://marketplace.gohighlevel.com"
                : oAuthApp.baseUrl().toString();
        return AuthorizationCodeGrant.address(page + "/oauth/chooselocation", wanted);
    }

    @Override
    public GrantedAccess exchange(OAuthApp oAuthApp, TokenRequest tokenRequest) {
        JsonNode given = AuthorizationCodeGrant.answer(
                HIGHLEVEL,
                http.send(HttpCall.form(
                        "highlevel/oauth.code",
                        URI.create(oAuthApp.baseUrl() + "/oauth/token"),
                        Map.of(
                                "grant_type", "authorization_code",
                                "client_id", oAuthApp.clientId(),
                                "client_secret", oAuthApp.clientSecret(),
                                "code", tokenRequest.code(),
                                "user_type", "Location",
                                "redirect_uri", tokenRequest.redirectUri().toString()))),
                "did not take what the browser brought back");
        String location = given.path("locationId").asString("");
        if (location.isEmpty()) {
            throw new GrantFailed(
                    "HighLevel gave access to an agency, not to one location; connect the account anew and choose a location.");
        }
        AuthorizationCodeGrant.requireAll(HIGHLEVEL, SCOPES, given.path("scope").asString(""));
        var until = clock.instant().plusSeconds(given.path("expires_in").asLong(0));
        return new GrantedAccess(
                new Tokens(AuthorizationCodeGrant.required(HIGHLEVEL, given, "access_token"), Optional.empty(), until),
                AuthorizationCodeGrant.required(HIGHLEVEL, given, "refresh_token"),
                location,
                Json.object().put("locationId", location));
    }
}
