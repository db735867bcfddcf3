package dev.patchbay.sandbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Google's OAuth: a refresh token that stays, access tokens for an hour, and the calendars an account may see. */
final class GoogleTokens {

    private static final Duration LIFE = Duration.ofHours(1);

    private final Books books;
    private final Clock clock;

    GoogleTokens(Books books, Clock clock) {
        this.books = books;
        this.clock = clock;
    }

    void putAccount(ObjectNode account) {
        String clientId = Json.text(account, "clientId");
        books.put(
                Shelf.GOOGLE_CLIENTS,
                clientId,
                Json.object().put("clientId", clientId).put("clientSecret", Json.text(account, "clientSecret")));
        for (JsonNode wanted : account.path("accounts")) {
            ObjectNode user = ((ObjectNode) wanted).deepCopy().put("clientId", clientId);
            books.put(Shelf.GOOGLE_ACCOUNTS, Json.text(user, "refreshToken"), user);
        }
    }

    /** {@code POST /token}. */
    Answer exchange(Request request) {
        ObjectNode body = request.fields();
        String clientId = Json.text(body, "client_id");
        boolean known = books.find(Shelf.GOOGLE_CLIENTS, clientId)
                .filter(client -> Json.text(client, "clientSecret").equals(Json.text(body, "client_secret")))
                .isPresent();
        if (!known) {
            throw refusal(401, "invalid_client", "The provided client secret is invalid.");
        }
        if (!Json.text(body, "grant_type").equals("refresh_token")) {
            throw refusal(400, "unsupported_grant_type", "Invalid grant_type: " + Json.text(body, "grant_type"));
        }
        String refreshToken = Json.text(body, "refresh_token");
        boolean granted = books.find(Shelf.GOOGLE_ACCOUNTS, refreshToken)
                .filter(account -> Json.text(account, "clientId").equals(clientId))
                .isPresent();
        if (!granted) {
            throw refusal(400, "invalid_grant", "Token has been expired or revoked.");
        }
        String access = "ya29." + Ids.alphanumeric(60);
        books.put(
                Shelf.GOOGLE_TOKENS,
                access,
                Json.object()
                        .put("refreshToken", refreshToken)
                        .put("expiresAt", clock.instant().plus(LIFE).toString()));
        return Answer.ok(Json.object()
                .put("access_token", access)
                .put("expires_in", LIFE.toSeconds() - 1)
                .put("scope", "https://www.googleapis.com/auth/calendar")
                .put("token_type", "Bearer"));
    }

    /** The account behind the bearer token, unless the token is unknown or has run out. */
    Optional<ObjectNode> account(Request request) {
        return books.find(Shelf.GOOGLE_TOKENS, request.bearer())
                .filter(token -> Instant.parse(Json.text(token, "expiresAt")).isAfter(clock.instant()))
                .flatMap(token -> books.find(Shelf.GOOGLE_ACCOUNTS, Json.text(token, "refreshToken")));
    }

    /** The account's calendar of that id; {@code primary} is its first. */
    static Optional<JsonNode> calendar(ObjectNode account, String id) {
        return account.path("calendars")
                .valueStream()
                .filter(calendar ->
                        id.equals("primary") || Json.text(calendar, "id").equals(id))
                .findFirst();
    }

    private static Refusal refusal(int status, String error, String description) {
        return new Refusal(
                Answer.json(status, Json.object().put("error", error).put("error_description", description)));
    }
}
