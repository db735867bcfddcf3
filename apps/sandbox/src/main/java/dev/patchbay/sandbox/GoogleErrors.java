package dev.patchbay.sandbox;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Google's error envelope. */
final class GoogleErrors {

    private GoogleErrors() {}

    static Refusal refusal(int status, String reason, String message) {
        return new Refusal(answer(status, reason, message));
    }

    static Answer answer(int status, String reason, String message) {
        ObjectNode error = Json.object().put("code", status).put("message", message);
        error.set("errors", Json.array(List.of(single(reason).put("message", message))));
        ObjectNode body = Json.object();
        body.set("error", error);
        return Answer.json(status, body);
    }

    static ObjectNode single(String reason) {
        return Json.object().put("domain", "global").put("reason", reason);
    }

    /** The reason Google gives with failures that have no cause in the request. */
    static String reason(int status) {
        return switch (status) {
            case 401 -> "authError";
            case 404 -> "notFound";
            case 429 -> "rateLimitExceeded";
            case 500 -> "backendError";
            default -> "badRequest";
        };
    }
}
