package dev.patchbay.sandbox.google;

import dev.patchbay.sandbox.core.Json;
import dev.patchbay.sandbox.core.Response;
import dev.patchbay.sandbox.core.VendorError;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Errors in Google's two formats: that of its APIs and that of OAuth. */
final class GoogleErrors {

    private GoogleErrors() {}

    static VendorError error(int status, String reason, String message) {
        return new VendorError(response(status, reason, message));
    }

    /** An error of the APIs: {@code {error: {code, message, errors: [{domain, reason, message}]}}}. */
    static Response response(int status, String reason, String message) {
        ObjectNode error = Json.object().put("code", status).put("message", message);
        error.set("errors", Json.array(List.of(detail(reason).put("message", message))));
        ObjectNode body = Json.object();
        body.set("error", error);
        return Response.json(status, body);
    }

    static ObjectNode detail(String reason) {
        return Json.object().put("domain", "global").put("reason", reason);
    }

    /** The reason that Google gives for an error that the request did not cause. */
    static String reason(int status) {
        return switch (status) {
            case 401 -> "authError";
            case 404 -> "notFound";
            case 429 -> "rateLimitExceeded";
            case 500 -> "backendError";
            default -> "badRequest";
        };
    }

    /** An error of the OAuth endpoints, {@code {error, error_description}} (RFC 6749, 5.2). */
    static VendorError oauthError(int status, String error, String description) {
        return new VendorError(
                Response.json(status, Json.object().put("error", error).put("error_description", description)));
    }

    static VendorError invalidRequest(String description) {
        return oauthError(400, "invalid_request", description);
    }
}
