package dev.patchbay.integrations.highlevel;

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
 * Implements HighLevel's authorization code grant, in which the owner chooses a location (HighLevel Marketplace, "OAuth 2.0").
 * HighLevel does not support PKCE; the OAuth state binds the callback to the browser.
 */
@Component
class HighLevelAuthorization implements AuthorizationCodeGrant {

    /** Lists the minimum that writing contacts and appointments, and polling for missed events, need. */
    private static final List<String> SCOPES = List.of(
            "contacts.readonly",
            "contacts.write",
            "opportunities.readonly",
            "opportunities.write",
            "locations.readonly",
            "calendars.readonly",
            "calendars/events.readonly",
            "calendars/events.write",
            "locations/customFields.readonly",
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
    public URI authorizationUrl(OAuthApp app, AuthorizationRequest request) {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("response_type", "code");
        parameters.put("client_id", app.clientId());
        parameters.put("redirect_uri", request.redirectUri().toString());
        parameters.put("scope", String.join(" ", SCOPES));
        parameters.put("state", request.state());
        String server = app.baseUrl().equals(HIGHLEVEL.baseUrl())
                ? "https://marketplace.gohighlevel.com"
                : app.baseUrl().toString();
        return OAuthResponses.buildUrl(server + "/oauth/chooselocation", parameters);
    }

    @Override
    public GrantedAccess exchange(OAuthApp app, TokenRequest request) {
        JsonNode response = OAuthResponses.requireSuccess(
                HIGHLEVEL,
                http.send(HttpCall.form(
                        "highlevel/oauth.code",
                        URI.create(app.baseUrl() + "/oauth/token"),
                        Map.of(
                                "grant_type", "authorization_code",
                                "client_id", app.clientId(),
                                "client_secret", app.clientSecret(),
                                "code", request.code(),
                                "user_type", "Location",
                                "redirect_uri", request.redirectUri().toString()))),
                "rejected the authorization code");
        String location = response.path("locationId").asString("");
        if (location.isEmpty()) {
            throw new GrantFailed(
                    "HighLevel gave access to an agency, not to one location; start connecting the account again and choose a location.");
        }
        OAuthResponses.requireScopes(HIGHLEVEL, SCOPES, response.path("scope").asString(""));
        var expiresAt = clock.instant().plusSeconds(response.path("expires_in").asLong(0));
        return new GrantedAccess(
                new Tokens(
                        OAuthResponses.requireMember(HIGHLEVEL, response, "access_token"), Optional.empty(), expiresAt),
                OAuthResponses.requireMember(HIGHLEVEL, response, "refresh_token"),
                location,
                Json.object().put("locationId", location));
    }
}
