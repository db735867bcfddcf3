package dev.patchbay.sandbox.twilio;

import dev.patchbay.sandbox.core.Json;
import dev.patchbay.sandbox.core.Response;
import dev.patchbay.sandbox.core.VendorError;

/** Errors in Twilio's format, {@code {code, message, more_info, status}}. */
final class TwilioErrors {

    private TwilioErrors() {}

    /** An error that has no cause in the request's content; its code follows from the status. */
    static Response response(int status, String message) {
        int code = switch (status) {
            case 401 -> 20003;
            case 429 -> 20429;
            case 500 -> 20500;
            default -> 20404;
        };
        return response(status, code, message);
    }

    private static Response response(int status, int code, String message) {
        return Response.json(
                status,
                Json.object()
                        .put("code", code)
                        .put("message", message)
                        .put("more_info", "https://www.twilio.com/docs/errors/" + code)
                        .put("status", status));
    }

    static VendorError error(int status, int code, String message) {
        return new VendorError(response(status, code, message));
    }
}
