package dev.patchbay.iam.sessions;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** The address and browser that opened a session. */
public record SessionOrigin(String sourceIp, String userAgent) {

    private static final int MAX_USER_AGENT_LENGTH = 300;

    /** Returns the IP address and the {@code User-Agent} of the request. */
    public static SessionOrigin of(HttpServletRequest request) {
        String agent = Optional.ofNullable(request.getHeader("User-Agent")).orElse("");
        return new SessionOrigin(
                request.getRemoteAddr(), agent.substring(0, Math.min(agent.length(), MAX_USER_AGENT_LENGTH)));
    }
}
