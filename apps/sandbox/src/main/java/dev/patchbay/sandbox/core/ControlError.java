package dev.patchbay.sandbox.core;

/** Thrown when a request to the control API is invalid. Its response is {@code {code, detail}}. */
public final class ControlError extends RuntimeException {

    private final transient Response response;

    /**
     * @param code for programs, in snake_case: {@code unknown_agent}
     * @param detail for people: what is wrong and how to mend it
     */
    public ControlError(int status, String code, String detail) {
        super(detail, null, false, false);
        this.response = Response.json(status, Json.object().put("code", code).put("detail", detail));
    }

    public Response response() {
        return response;
    }
}
