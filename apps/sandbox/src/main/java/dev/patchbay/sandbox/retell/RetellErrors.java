package dev.patchbay.sandbox.retell;

import dev.patchbay.sandbox.core.Json;
import dev.patchbay.sandbox.core.Response;
import dev.patchbay.sandbox.core.VendorError;

/** Errors in Retell's format, {@code {status: "error", message}}. */
final class RetellErrors {

    private RetellErrors() {}

    static Response response(int status, String message) {
        return Response.json(status, Json.object().put("status", "error").put("message", message));
    }

    static VendorError error(int status, String message) {
        return new VendorError(response(status, message));
    }

    /** Retell answers 422 to an unknown id and to one of another account. */
    static VendorError notFound() {
        return error(422, "Cannot find requested asset under given api key.");
    }
}
