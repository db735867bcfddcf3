package dev.patchbay.kernel.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.time.Clock;
import java.util.regex.Pattern;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Limits the requests of one service token or user, from any address, and has a lower limit for requests that compute for up to
 * seconds. It runs after Spring Security (-100), which authenticates the caller.
 */
@Component
@Order(-99)
final class CallerLimitFilter extends OncePerRequestFilter {

    /** Requests that compute: checks of flow and prompt files, dry runs, and merges of texts that the caller sends. */
    private static final Pattern COMPUTING =
            Pattern.compile("/api/v1/(flows/(validate|[^/]+/dry-run)|prompts/(validate|merge|import|export))/?");

    private final ProblemWriter problems;
    private final RequestRateLimiter callers;
    private final RequestRateLimiter computing;

    CallerLimitFilter(LimitSettings settings, ProblemWriter problems, Clock clock) {
        this.problems = problems;
        this.callers = new RequestRateLimiter("caller", settings.caller(), clock);
        this.computing = new RequestRateLimiter("computing", settings.computing(), clock);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Principal caller = request.getUserPrincipal();
        if (caller == null || mayProceed(caller.getName(), request, response)) {
            chain.doFilter(request, response);
        }
    }

    private boolean mayProceed(String caller, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        return callers.consume(caller, request, response, problems)
                && (!computes(request) || computing.consume(caller, request, response, problems));
    }

    /**
     * Returns whether the request computes. The decoded path is matched, so that an encoded spelling does not evade the limit.
     */
    private static boolean computes(HttpServletRequest request) {
        String path = StringUtils.uriDecode(request.getRequestURI(), StandardCharsets.UTF_8);
        return COMPUTING.matcher(path.replaceAll(";[^/]*", "")).matches();
    }
}
