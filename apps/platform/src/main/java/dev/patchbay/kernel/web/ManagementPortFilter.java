package dev.patchbay.kernel.web;

import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Serves metrics only at the management port, when there is one, and serves only health and metrics there. In dev there is
 * none, and the metrics are at the platform's own port.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
final class ManagementPortFilter extends OncePerRequestFilter {

    private static final String METRICS = "/actuator/prometheus";
    private static final String ACTUATOR = "/actuator/";

    private final ManagementSettings settings;
    private final ProblemWriter problems;

    ManagementPortFilter(ManagementSettings settings, ProblemWriter problems) {
        this.settings = settings;
        this.problems = problems;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !settings.isSeparate();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String path = request.getRequestURI();
        boolean allowed = request.getLocalPort() == settings.managementPort()
                ? path.startsWith(ACTUATOR)
                : !path.startsWith(METRICS);
        if (allowed) {
            chain.doFilter(request, response);
        } else {
            problems.write(
                    request,
                    response,
                    new Problem(ProblemType.NOT_FOUND, "There is nothing at this path on this port."));
        }
    }
}
