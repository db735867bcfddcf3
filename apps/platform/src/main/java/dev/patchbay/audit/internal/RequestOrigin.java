package dev.patchbay.audit.internal;

import dev.patchbay.kernel.web.ImpersonatorAttribute;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * The origin of the request being served; all members are null for actions of the system.
 *
 * @param impersonator the operator who acts as the actor
 */
record RequestOrigin(
        @Nullable String sourceIp,
        @Nullable String userAgent,
        @Nullable String impersonator) {

    private static final int MAX_USER_AGENT_LENGTH = 512;

    static RequestOrigin current() {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes
                ? of(attributes.getRequest())
                : new RequestOrigin(null, null, null);
    }

    private static RequestOrigin of(HttpServletRequest request) {
        return new RequestOrigin(
                request.getRemoteAddr(),
                Optional.ofNullable(request.getHeader(HttpHeaders.USER_AGENT))
                        .map(agent -> agent.substring(0, Math.min(agent.length(), MAX_USER_AGENT_LENGTH)))
                        .orElse(null),
                (String) request.getAttribute(ImpersonatorAttribute.NAME));
    }
}
