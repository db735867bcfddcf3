package dev.patchbay.kernel.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.time.Clock;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Limits the requests of one service token or user, from any address; after Spring Security (-100), which authenticates it. */
@Component
@Order(-99)
final class CallerLimitFilter extends OncePerRequestFilter {

    private final ProblemWriter problems;
    private final RequestRateLimiter callers;

    CallerLimitFilter(LimitSettings settings, ProblemWriter problems, Clock clock) {
        this.problems = problems;
        this.callers = new RequestRateLimiter("caller", settings.caller(), clock);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Principal caller = request.getUserPrincipal();
        if (caller == null || callers.consume(caller.getName(), request, response, problems)) {
            chain.doFilter(request, response);
        }
    }
}
