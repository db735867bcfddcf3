package dev.patchbay.sandbox.highlevel;

import dev.patchbay.sandbox.core.Ids;
import dev.patchbay.sandbox.core.Json;
import dev.patchbay.sandbox.core.Response;
import dev.patchbay.sandbox.core.VendorError;

/** Errors in HighLevel's two formats: that of its API and that of OAuth. */
final class HighLevelErrors {

    private HighLevelErrors() {}

    static Response response(int status, String message) {
        return Response.json(
                status,
                Json.object().put("statusCode", status).put("message", message).put("traceId", Ids.hex(32)));
    }

    static VendorError error(int status, String message) {
        return new VendorError(response(status, message));
    }

    /** An error of the OAuth endpoints, {@code {error, error_description}} (RFC 6749, 5.2). */
    static VendorError oauthError(int status, String error, String description) {
        return new VendorError(
                Response.json(status, Json.object().put("error", error).put("error_description", description)));
    }

    /** Rejects a request for another location than the token's with 403. */
    static void requireSameLocation(String requestedId, String tokenLocationId) {
        if (!requestedId.equals(tokenLocationId)) {
            throw error(403, "The token does not have access to this location.");
        }
    }
}
