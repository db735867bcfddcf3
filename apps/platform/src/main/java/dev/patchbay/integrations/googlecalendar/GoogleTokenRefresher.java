package dev.patchbay.integrations.googlecalendar;

import dev.patchbay.connections.Account;
import dev.patchbay.connections.http.HttpCall;
import dev.patchbay.connections.http.HttpOutcome;
import dev.patchbay.connections.http.HttpOutcome.Lost;
import dev.patchbay.connections.http.HttpOutcome.NotSent;
import dev.patchbay.connections.http.HttpOutcome.Responded;
import dev.patchbay.connections.http.OutgoingHttp;
import dev.patchbay.connections.spi.TokenRefresher;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Refreshes Google's access tokens; the refresh token stays the same (Google Identity, "Refreshing an access token"). */
@Component
class GoogleTokenRefresher implements TokenRefresher {

    private final OutgoingHttp http;
    private final Clock clock;

    GoogleTokenRefresher(OutgoingHttp http, Clock clock) {
        this.http = http;
        this.clock = clock;
    }

    @Override
    public String provider() {
        return "google";
    }

    @Override
    public Tokens refresh(Account account, Optional<Instant> unansweredSince) {
        HttpOutcome outcome = http.send(HttpCall.form(
                "google/oauth.token",
                URI.create(account.settings().path("tokenUrl").asString(account.baseUrl() + "/token")),
                Map.of(
                        "grant_type", "refresh_token",
                        "client_id", account.secret("client_id"),
                        "client_secret", account.secret("client_secret"),
                        "refresh_token", account.secret("refresh_token"))));
        return switch (outcome) {
            case Responded responded when responded.isSuccess() -> readTokens(responded.body());
            case Responded responded
            when responded.status() == 400 || responded.status() == 401 ->
                throw new RefreshRefused(
                        "Google no longer accepts this account's consent (%s: %s); connect the account again."
                                .formatted(
                                        responded.body().path("error").asString("no reason given"),
                                        responded
                                                .body()
                                                .path("error_description")
                                                .asString("status " + responded.status())));
            case Responded responded ->
                throw new RefreshUnavailable("Google answered " + responded.status() + " to the renewal of a token.");
            case NotSent notSent ->
                throw new RefreshUnavailable("Google, asked for a new token: " + notSent.sentence());
            case Lost lost -> throw new RefreshUnavailable("Google, asked for a new token: " + lost.sentence(), true);
        };
    }

    private Tokens readTokens(JsonNode body) {
        String access = body.path("access_token").asString("");
        if (access.isEmpty()) {
            throw new RefreshUnavailable("Google renewed the token, but its answer holds none.", true);
        }
        return new Tokens(
                access,
                Optional.ofNullable(body.path("refresh_token").asString(null)),
                clock.instant().plusSeconds(body.path("expires_in").asLong(0)));
    }
}
