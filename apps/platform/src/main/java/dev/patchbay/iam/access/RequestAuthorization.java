package dev.patchbay.iam.access;

import dev.patchbay.kernel.Problem;
import jakarta.servlet.http.HttpServletRequest;

/** Decides about a request that a filter answers before it reaches its controller; implemented by {@code iam.web}. */
@FunctionalInterface
public interface RequestAuthorization {

    /** @throws Problem {@code 401.unauthenticated} or {@code 403.forbidden}, as the controller's method would answer */
    void authorize(HttpServletRequest request);
}
