package dev.patchbay.sandbox.google;

import dev.patchbay.sandbox.core.Ids;
import dev.patchbay.sandbox.core.Json;
import dev.patchbay.sandbox.core.Request;
import dev.patchbay.sandbox.core.Store;
import dev.patchbay.sandbox.core.Table;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Authorization codes of the consent page and of sign-in: single-use, valid for a minute, with PKCE (RFC 7636). */
final class GoogleAuthorizationCodes {

    private static final Duration LIFETIME = Duration.ofMinutes(1);

    private final Store store;
    private final Clock clock;

    GoogleAuthorizationCodes(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * Rejects an authorization request with a redirect URI that the client did not register, or for another flow than the
     * code flow with S256.
     */
    static void requireValid(Request request, ObjectNode client) {
        String redirectUri = request.query("redirect_uri").orElse("");
        if (client.path("redirectUris")
                .valueStream()
                .noneMatch(registered -> registered.asString().equals(redirectUri))) {
            throw GoogleErrors.invalidRequest("redirect_uri_mismatch");
        }
        if (!request.query("response_type").orElse("").equals("code")
                || !request.query("code_challenge_method").orElse("").equals("S256")) {
            throw GoogleErrors.invalidRequest("Only the code flow with S256 is offered.");
        }
    }

    /**
     * Issues a code for an authorization request.
     *
     * @param grant further members of the grant, which {@link #redeem} returns
     */
    String issue(Request request, ObjectNode grant) {
        String code = "4/" + Ids.alphanumeric(40);
        ObjectNode record = grant.deepCopy()
                .put("clientId", request.query("client_id").orElse(""))
                .put("redirectUri", request.query("redirect_uri").orElse(""))
                .put("challenge", request.query("code_challenge").orElse(""))
                .put("until", clock.instant().plus(LIFETIME).toString());
        store.put(Table.GOOGLE_CODES, code, record);
        return code;
    }

    /**
     * Returns the grant of the form's code. The code is used up even when it is rejected.
     *
     * @throws dev.patchbay.sandbox.core.VendorError 400 {@code invalid_grant}
     */
    ObjectNode redeem(String clientId, ObjectNode form) {
        String code = Json.text(form, "code");
        Optional<ObjectNode> grant = store.find(Table.GOOGLE_CODES, code);
        store.remove(Table.GOOGLE_CODES, code);
        return grant.filter(candidate -> Json.text(candidate, "clientId").equals(clientId))
                .filter(candidate ->
                        Instant.parse(Json.text(candidate, "until")).isAfter(clock.instant()))
                .filter(candidate -> Json.text(candidate, "redirectUri").equals(Json.text(form, "redirect_uri")))
                .filter(candidate ->
                        Json.text(candidate, "challenge").equals(challenge(Json.text(form, "code_verifier"))))
                .orElseThrow(() -> GoogleErrors.oauthError(400, "invalid_grant", "Bad Request"));
    }

    private static String challenge(String verifier) {
        return Hashing.base64Url(Hashing.sha256(verifier));
    }
}
