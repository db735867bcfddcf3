package dev.patchbay.sandbox.google;

import dev.patchbay.sandbox.core.Json;
import dev.patchbay.sandbox.core.Request;
import dev.patchbay.sandbox.core.Response;
import dev.patchbay.sandbox.core.Store;
import dev.patchbay.sandbox.core.Table;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Google accounts with their calendars, by the app (OAuth client) that may use them. */
final class GoogleAccounts {

    private final Store store;
    private final Clock clock;

    GoogleAccounts(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * Sets up an app and its accounts.
     *
     * @param app {@code {clientId, clientSecret, redirectUris, accounts: [{refreshToken, email, calendars: [{id, timeZone}]}]}}
     */
    void put(ObjectNode app) {
        String clientId = Json.text(app, "clientId");
        store.put(
                Table.GOOGLE_CLIENTS,
                clientId,
                Json.object()
                        .put("clientId", clientId)
                        .put("clientSecret", Json.text(app, "clientSecret"))
                        .set("redirectUris", app.path("redirectUris")));
        for (JsonNode members : app.path("accounts")) {
            ObjectNode account = ((ObjectNode) members).deepCopy().put("clientId", clientId);
            // An account without a refresh token gets one when its owner consents.
            String key =
                    Json.find(account, "refreshToken").orElseGet(() -> clientId + "/" + Json.text(account, "email"));
            store.put(Table.GOOGLE_ACCOUNTS, key, account);
        }
    }

    /** Finds the account of a refresh token, which was set up with the account or issued by consent. */
    Optional<ObjectNode> findByRefreshToken(String refreshToken) {
        return store.find(Table.GOOGLE_ACCOUNTS, refreshToken)
                .filter(account -> Json.text(account, "refreshToken").equals(refreshToken))
                .or(() -> store.find(Table.GOOGLE_GRANTS, refreshToken).flatMap(this::findByGrant));
    }

    private Optional<ObjectNode> findByGrant(ObjectNode grant) {
        return store.list(Table.GOOGLE_ACCOUNTS).stream()
                .filter(account -> Json.text(account, "clientId").equals(Json.text(grant, "clientId")))
                .filter(account -> Json.text(account, "email").equals(Json.text(grant, "email")))
                .findFirst()
                .map(ObjectNode::deepCopy);
    }

    /** Returns the account of the request's access token. */
    ObjectNode authenticate(Request request) {
        return store.find(Table.GOOGLE_TOKENS, request.bearerToken())
                .filter(token -> Instant.parse(Json.text(token, "expiresAt")).isAfter(clock.instant()))
                .flatMap(token -> findByRefreshToken(Json.text(token, "refreshToken")))
                .orElseThrow(
                        () -> GoogleErrors.error(401, "authError", "Request had invalid authentication credentials."));
    }

    /** Finds the account's calendar of that id; {@code primary} is its first calendar. */
    static Optional<JsonNode> findCalendar(ObjectNode account, String id) {
        return account.path("calendars")
                .valueStream()
                .filter(calendar ->
                        id.equals("primary") || Json.text(calendar, "id").equals(id))
                .findFirst();
    }

    Response listCalendars(Request request) {
        ObjectNode body = Json.object().put("kind", "calendar#calendarList");
        body.set(
                "items",
                Json.array(authenticate(request)
                        .path("calendars")
                        .valueStream()
                        .map(calendar -> Json.object()
                                .put("kind", "calendar#calendarListEntry")
                                .put("id", Json.text(calendar, "id"))
                                .put("summary", Json.text(calendar, "id"))
                                .put("timeZone", Json.text(calendar, "timeZone"))
                                .put("accessRole", "owner"))
                        .toList()));
        return Response.ok(body);
    }

    /** The id of a primary calendar is the e-mail address of its owner. */
    Response getPrimaryCalendar(Request request) {
        return Response.ok(Json.object()
                .put("kind", "calendar#calendarListEntry")
                .put("id", Json.text(authenticate(request), "email"))
                .put("primary", true)
                .put("accessRole", "owner"));
    }
}
