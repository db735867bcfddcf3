package dev.patchbay.sandbox.google;

import dev.patchbay.sandbox.core.Ids;
import dev.patchbay.sandbox.core.Json;
import dev.patchbay.sandbox.core.Request;
import dev.patchbay.sandbox.core.Response;
import dev.patchbay.sandbox.core.Store;
import dev.patchbay.sandbox.core.Table;
import java.time.Clock;
import java.time.Duration;
import tools.jackson.databind.node.ObjectNode;

/** Google's OAuth token endpoint: refresh tokens do not change, access tokens live an hour. */
final class GoogleOAuth {

    private static final String SCOPE = "https://www.googleapis.com/auth/calendar";
    private static final Duration ACCESS_TOKEN_LIFETIME = Duration.ofHours(1);

    private final Store store;
    private final Clock clock;
    private final GoogleAccounts accounts;
    private final GoogleAuthorizationCodes codes;

    GoogleOAuth(Store store, Clock clock, GoogleAccounts accounts, GoogleAuthorizationCodes codes) {
        this.store = store;
        this.clock = clock;
        this.accounts = accounts;
        this.codes = codes;
    }

    /** {@code POST /token}: exchanges a code or a refresh token for an access token. */
    Response exchange(Request request) {
        ObjectNode form = request.jsonOrForm();
        String clientId = Json.text(form, "client_id");
        boolean authenticated = store.find(Table.GOOGLE_CLIENTS, clientId)
                .filter(client -> Json.text(client, "clientSecret").equals(Json.text(form, "client_secret")))
                .isPresent();
        if (!authenticated) {
            throw GoogleErrors.oauthError(401, "invalid_client", "The provided client secret is invalid.");
        }
        String grantType = Json.text(form, "grant_type");
        return switch (grantType) {
            case "refresh_token" -> refresh(clientId, Json.text(form, "refresh_token"));
            case "authorization_code" -> issueTokens(clientId, codes.redeem(clientId, form));
            default -> throw GoogleErrors.oauthError(400, "unsupported_grant_type", "Invalid grant_type: " + grantType);
        };
    }

    private Response refresh(String clientId, String refreshToken) {
        boolean valid = accounts.findByRefreshToken(refreshToken)
                .filter(account -> Json.text(account, "clientId").equals(clientId))
                .isPresent();
        if (!valid) {
            throw GoogleErrors.oauthError(400, "invalid_grant", "Token has been expired or revoked.");
        }
        return Response.ok(issueAccessToken(refreshToken, SCOPE));
    }

    /** The response has a refresh token only if the consent was requested with {@code access_type=offline}. */
    private Response issueTokens(String clientId, ObjectNode grant) {
        String refreshToken = "1//" + Ids.alphanumeric(60);
        store.put(
                Table.GOOGLE_GRANTS,
                refreshToken,
                Json.object().put("clientId", clientId).put("email", Json.text(grant, "email")));
        ObjectNode body = issueAccessToken(refreshToken, Json.text(grant, "scope"));
        return Response.ok(grant.path("offline").asBoolean() ? body.put("refresh_token", refreshToken) : body);
    }

    private ObjectNode issueAccessToken(String refreshToken, String scope) {
        String accessToken = "ya29." + Ids.alphanumeric(60);
        store.put(
                Table.GOOGLE_TOKENS,
                accessToken,
                Json.object()
                        .put("refreshToken", refreshToken)
                        .put(
                                "expiresAt",
                                clock.instant().plus(ACCESS_TOKEN_LIFETIME).toString()));
        return Json.object()
                .put("access_token", accessToken)
                .put("expires_in", ACCESS_TOKEN_LIFETIME.toSeconds() - 1)
                .put("scope", scope)
                .put("token_type", "Bearer");
    }
}
