package dev.patchbay.sandbox.core;

/** Thrown when the vendor would reject a request. Carries the error response in the vendor's format. */
public final class VendorError extends RuntimeException {

    private final transient Response response;

    public VendorError(Response response) {
        super(response.body(), null, false, false);
        this.response = response;
    }

    public Response response() {
        return response;
    }
}
