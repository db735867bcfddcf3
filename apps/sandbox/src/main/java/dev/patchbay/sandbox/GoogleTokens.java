package dev.patchbay.sandbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Google's OAuth: a refresh token that stays, access tokens for an hour, and the calendars an account may see. */
final class GoogleTokens {

    private static final String SCOPE = "https://www.googleapis.com/auth/calendar";
    private static final Duration LIFE = Duration.ofHours(1);

    private final Books books;
    private final Clock clock;
    private final GoogleConsent consent;

    GoogleTokens(Books books, Clock clock) {
        this.consent = new GoogleConsent(books, clock);
        this.books = books;
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(
                Route.of("consent", "GET", "/o/oauth2/v2/auth", consent::authorize),
                Route.of("token", "POST", "/token", this::exchange),
                Route.of("calendars.list", "GET", "/calendar/v3/users/me/calendarList", this::calendars),
                Route.of("calendars.primary", "GET", "/calendar/v3/users/me/calendarList/primary", this::primary));
    }

    void putAccount(ObjectNode account) {
        String clientId = Json.text(account, "clientId");
        books.put(
                Shelf.GOOGLE_CLIENTS,
                clientId,
                Json.object()
                        .put("clientId", clientId)
                        .put("clientSecret", Json.text(account, "clientSecret"))
                        .set("redirectUris", account.path("redirectUris")));
        for (JsonNode wanted : account.path("accounts")) {
            ObjectNode user = ((ObjectNode) wanted).deepCopy().put("clientId", clientId);
            // One that gave no access yet has no refresh token: it is asked for.
            String key = Json.find(user, "refreshToken").orElseGet(() -> clientId + "/" + Json.text(user, "email"));
            books.put(Shelf.GOOGLE_ACCOUNTS, key, user);
        }
    }

    /** {@code POST /token}. */
    private Answer exchange(Request request) {
        ObjectNode body = request.fields();
        String clientId = Json.text(body, "client_id");
        boolean known = books.find(Shelf.GOOGLE_CLIENTS, clientId)
                .filter(client -> Json.text(client, "clientSecret").equals(Json.text(body, "client_secret")))
                .isPresent();
        if (!known) {
            throw refusal(401, "invalid_client", "The provided client secret is invalid.");
        }
        return switch (Json.text(body, "grant_type")) {
            case "refresh_token" -> refresh(clientId, Json.text(body, "refresh_token"));
            case "authorization_code" -> granted(clientId, consent.spend(clientId, body));
            default ->
                throw refusal(400, "unsupported_grant_type", "Invalid grant_type: " + Json.text(body, "grant_type"));
        };
    }

    private Answer refresh(String clientId, String refreshToken) {
        boolean granted = grantedTo(refreshToken)
                .filter(account -> Json.text(account, "clientId").equals(clientId))
                .isPresent();
        if (!granted) {
            throw refusal(400, "invalid_grant", "Token has been expired or revoked.");
        }
        return Answer.ok(access(refreshToken, SCOPE));
    }

    /** A refresh token only for who asked for one. */
    private Answer granted(String clientId, ObjectNode grant) {
        String refreshToken = "1//" + Ids.alphanumeric(60);
        books.put(
                Shelf.GOOGLE_GRANTS,
                refreshToken,
                Json.object().put("clientId", clientId).put("email", Json.text(grant, "email")));
        ObjectNode answer = access(refreshToken, Json.text(grant, "scope"));
        return Answer.ok(grant.path("offline").asBoolean() ? answer.put("refresh_token", refreshToken) : answer);
    }

    /** The account that the refresh token stands for: set up with it, or let in by its owner's consent. */
    private Optional<ObjectNode> grantedTo(String refreshToken) {
        return books.find(Shelf.GOOGLE_ACCOUNTS, refreshToken)
                .filter(account -> Json.text(account, "refreshToken").equals(refreshToken))
                .or(() -> books.find(Shelf.GOOGLE_GRANTS, refreshToken).flatMap(this::of));
    }

    private Optional<ObjectNode> of(ObjectNode grant) {
        return books.all(Shelf.GOOGLE_ACCOUNTS).stream()
                .filter(account -> Json.text(account, "clientId").equals(Json.text(grant, "clientId")))
                .filter(account -> Json.text(account, "email").equals(Json.text(grant, "email")))
                .findFirst()
                .map(ObjectNode::deepCopy);
    }

    private ObjectNode access(String refreshToken, String scope) {
        String access = "ya29." + Ids.alphanumeric(60);
        books.put(
                Shelf.GOOGLE_TOKENS,
                access,
                Json.object()
                        .put("refreshToken", refreshToken)
                        .put("expiresAt", clock.instant().plus(LIFE).toString()));
        return Json.object()
                .put("access_token", access)
                .put("expires_in", LIFE.toSeconds() - 1)
                .put("scope", scope)
                .put("token_type", "Bearer");
    }

    /** The account behind the bearer token. */
    ObjectNode known(Request request) {
        return books.find(Shelf.GOOGLE_TOKENS, request.bearer())
                .filter(token -> Instant.parse(Json.text(token, "expiresAt")).isAfter(clock.instant()))
                .flatMap(token -> grantedTo(Json.text(token, "refreshToken")))
                .orElseThrow(() ->
                        GoogleErrors.refusal(401, "authError", "Request had invalid authentication credentials."));
    }

    private Answer calendars(Request request) {
        ObjectNode answer = Json.object().put("kind", "calendar#calendarList");
        answer.set(
                "items",
                Json.array(known(request)
                        .path("calendars")
                        .valueStream()
                        .map(calendar -> Json.object()
                                .put("kind", "calendar#calendarListEntry")
                                .put("id", Json.text(calendar, "id"))
                                .put("summary", Json.text(calendar, "id"))
                                .put("timeZone", Json.text(calendar, "timeZone"))
                                .put("accessRole", "owner"))
                        .toList()));
        return Answer.ok(answer);
    }

    /** Called by the address of whose it is. */
    private Answer primary(Request request) {
        return Answer.ok(Json.object()
                .put("kind", "calendar#calendarListEntry")
                .put("id", Json.text(known(request), "email"))
                .put("primary", true)
                .put("accessRole", "owner"));
    }

    /** The account's calendar of that id; {@code primary} is its first. */
    static Optional<JsonNode> calendar(ObjectNode account, String id) {
        return account.path("calendars")
                .valueStream()
                .filter(calendar ->
                        id.equals("primary") || Json.text(calendar, "id").equals(id))
                .findFirst();
    }

    static Refusal refusal(int status, String error, String description) {
        return new Refusal(
                Answer.json(status, Json.object().put("error", error).put("error_description", description)));
    }
}
