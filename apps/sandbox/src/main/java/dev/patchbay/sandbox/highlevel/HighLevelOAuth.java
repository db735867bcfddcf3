package dev.patchbay.sandbox.highlevel;

import dev.patchbay.sandbox.core.Ids;
import dev.patchbay.sandbox.core.Json;
import dev.patchbay.sandbox.core.Request;
import dev.patchbay.sandbox.core.Response;
import dev.patchbay.sandbox.core.Store;
import dev.patchbay.sandbox.core.Table;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** HighLevel's OAuth: apps and their locations, single-use refresh tokens, and access tokens that live a day. */
final class HighLevelOAuth {

    private static final Duration ACCESS_TOKEN_LIFETIME = Duration.ofHours(24);
    private static final String DEFAULT_SCOPE =
            "contacts.readonly contacts.write calendars/events.readonly calendars/events.write";

    private final Store store;
    private final Clock clock;
    private final HighLevelConsentPage consentPage;

    HighLevelOAuth(Store store, Clock clock, HighLevelConsentPage consentPage) {
        this.store = store;
        this.clock = clock;
        this.consentPage = consentPage;
    }

    /** Sets up an app and its locations. Codes and refresh tokens that were used stay used. */
    void putAccount(ObjectNode account) {
        String clientId = Json.text(account, "clientId");
        store.put(
                Table.HIGHLEVEL_CLIENTS,
                clientId,
                Json.object()
                        .put("clientId", clientId)
                        .put("clientSecret", Json.text(account, "clientSecret"))
                        .put("webhookUrl", Json.text(account, "webhookUrl"))
                        .put("webhookPrivateKey", Json.text(account, "webhookPrivateKey"))
                        .set("redirectUris", account.path("redirectUris")));
        for (JsonNode members : account.path("locations")) {
            putLocation(clientId, ((ObjectNode) members).deepCopy());
        }
    }

    private void putLocation(String clientId, ObjectNode location) {
        String id = Json.text(location, "id");
        ObjectNode grant =
                Json.object().put("locationId", id).put("clientId", clientId).put("used", false);
        Json.find(location, "refreshToken").ifPresent(token -> store.putIfAbsent(Table.HIGHLEVEL_GRANTS, token, grant));
        Json.find(location, "code").ifPresent(code -> store.putIfAbsent(Table.HIGHLEVEL_GRANTS, code, grant));
        Json.find(location, "accessToken")
                .ifPresent(token -> store.putIfAbsent(Table.HIGHLEVEL_TOKENS, token, accessToken(id)));
        location.put("clientId", clientId).remove(List.of("refreshToken", "accessToken", "code"));
        store.put(Table.HIGHLEVEL_LOCATIONS, id, location);
    }

    private ObjectNode accessToken(String locationId) {
        return Json.object()
                .put("locationId", locationId)
                .put("expiresAt", clock.instant().plus(ACCESS_TOKEN_LIFETIME).toString());
    }

    /** {@code POST /oauth/token}: exchanges a code or a refresh token, each valid once, for a pair of tokens. */
    Response exchange(Request request) {
        ObjectNode form = request.jsonOrForm();
        String clientId = Json.text(form, "client_id");
        boolean authenticated = store.find(Table.HIGHLEVEL_CLIENTS, clientId)
                .filter(client -> Json.text(client, "clientSecret").equals(Json.text(form, "client_secret")))
                .isPresent();
        if (!authenticated) {
            throw HighLevelErrors.oauthError(401, "UnAuthorized!", "Invalid client credentials!");
        }
        String member = switch (Json.text(form, "grant_type")) {
            case "refresh_token" -> "refresh_token";
            case "authorization_code" -> "code";
            default ->
                throw HighLevelErrors.oauthError(
                        400, "unsupported_grant_type", "Unsupported grant type: `grant_type` is invalid");
        };
        String key = Json.text(form, member);
        ObjectNode grant = store.find(Table.HIGHLEVEL_GRANTS, key)
                .filter(candidate -> Json.text(candidate, "clientId").equals(clientId))
                .filter(candidate -> !candidate.path("used").asBoolean())
                .filter(candidate -> consentPage.isRedeemable(candidate, form))
                .orElseThrow(() ->
                        HighLevelErrors.oauthError(400, "invalid_grant", "Invalid grant: " + member + " is invalid"));
        store.put(Table.HIGHLEVEL_GRANTS, key, grant.deepCopy().put("used", true));
        return Response.ok(issueTokens(grant));
    }

    private ObjectNode issueTokens(ObjectNode grant) {
        String refreshToken = Ids.alphanumeric(40);
        store.put(Table.HIGHLEVEL_GRANTS, refreshToken, grant.without(List.of("redirectUri", "until")));
        String locationId = Json.text(grant, "locationId");
        String accessToken = Ids.alphanumeric(40);
        store.put(Table.HIGHLEVEL_TOKENS, accessToken, accessToken(locationId));
        return Json.object()
                .put("access_token", accessToken)
                .put("token_type", "Bearer")
                .put("expires_in", ACCESS_TOKEN_LIFETIME.toSeconds() - 1)
                .put("refresh_token", refreshToken)
                .put("scope", Json.find(grant, "scope").orElse(DEFAULT_SCOPE))
                .put("userType", "Location")
                .put("companyId", "company-sandbox")
                .put("locationId", locationId)
                .put("userId", "user-sandbox");
    }

    /** Finds the location of the request's bearer token; empty when the token is unknown or has expired. */
    Optional<ObjectNode> findLocation(Request request) {
        return store.find(Table.HIGHLEVEL_TOKENS, request.bearerToken())
                .filter(token -> Instant.parse(Json.text(token, "expiresAt")).isAfter(clock.instant()))
                .flatMap(token -> store.find(Table.HIGHLEVEL_LOCATIONS, Json.text(token, "locationId")));
    }
}
