package dev.patchbay.iam.access;

import dev.patchbay.kernel.Problem;
import jakarta.servlet.http.HttpServletRequest;

/** Authorizes a request that a filter answers before it reaches its controller. The implementation is in {@code iam.web}. */
@FunctionalInterface
public interface RequestAuthorization {

    /**
     * Applies the authorization of the controller's method.
     *
     * @throws Problem {@code 401.unauthenticated} or {@code 403.forbidden}, as for the controller's method
     */
    void authorize(HttpServletRequest request);
}
