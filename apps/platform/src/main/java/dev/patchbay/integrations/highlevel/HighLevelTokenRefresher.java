package dev.patchbay.integrations.highlevel;

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
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Refreshes HighLevel's access tokens; each response replaces the single-use refresh token ("Get Access Token"). */
@Component
class HighLevelTokenRefresher implements TokenRefresher {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm").withZone(ZoneOffset.UTC);

    private final OutgoingHttp http;
    private final Clock clock;

    HighLevelTokenRefresher(OutgoingHttp http, Clock clock) {
        this.http = http;
        this.clock = clock;
    }

    @Override
    public String provider() {
        return "highlevel";
    }

    @Override
    public Tokens refresh(Account account, Optional<Instant> unansweredSince) {
        HttpOutcome outcome = http.send(HttpCall.form(
                "highlevel/oauth.token",
                URI.create(account.baseUrl() + "/oauth/token"),
                Map.of(
                        "grant_type", "refresh_token",
                        "client_id", account.secret("client_id"),
                        "client_secret", account.secret("client_secret"),
                        "refresh_token", account.secret("refresh_token"),
                        "user_type", "Location")));
        return switch (outcome) {
            case Responded responded when responded.isSuccess() -> readTokens(responded.body());
            case Responded responded
            when responded.status() == 400 || responded.status() == 401 ->
                throw findSpentTokenRefusal(responded, unansweredSince)
                        .orElseGet(() -> new RefreshRefused(
                                "HighLevel no longer accepts this location's consent (%s: %s); connect the location again."
                                        .formatted(
                                                responded.body().path("error").asString("no reason given"),
                                                responded
                                                        .body()
                                                        .path("error_description")
                                                        .asString("status " + responded.status()))));
            case Responded responded ->
                throw new RefreshUnavailable(
                        "HighLevel answered " + responded.status() + " to the renewal of a token.");
            case NotSent notSent ->
                throw new RefreshUnavailable("HighLevel, asked for a new token: " + notSent.sentence());
            case Lost lost ->
                throw new RefreshUnavailable("HighLevel, asked for a new token: " + lost.sentence(), true);
        };
    }

    /** Returns the refusal for a refresh token that was used up by a refresh whose response never arrived. */
    private static Optional<RefreshRefused> findSpentTokenRefusal(
            Responded responded, Optional<Instant> unansweredSince) {
        return unansweredSince
                .filter(since -> responded.body().path("error").asString("").equals("invalid_grant"))
                .map(since -> new RefreshRefused(
                        "The answer to a token refresh at %s UTC was lost and HighLevel gives each token once: connect the account again."
                                .formatted(TIME.format(since))));
    }

    private Tokens readTokens(JsonNode body) {
        String access = body.path("access_token").asString("");
        if (access.isEmpty()) {
            throw new RefreshUnavailable("HighLevel renewed the token, but its answer holds none.", true);
        }
        return new Tokens(
                access,
                Optional.ofNullable(body.path("refresh_token").asString(null)),
                clock.instant().plusSeconds(body.path("expires_in").asLong(0)));
    }
}
