package dev.patchbay.kernel.web;

import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.Settings;
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
 * Answers 404 for the paths of roles that this process does not have: {@code ingress} serves webhooks; {@code api} serves the
 * API, sign-in and pages; every process serves health, metrics and the pages about problems.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
final class ProcessRoleFilter extends OncePerRequestFilter {

    private final Settings settings;
    private final ProblemWriter problems;

    ProcessRoleFilter(Settings settings, ProblemWriter problems) {
        this.settings = settings;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (isServedElsewhere(request.getRequestURI())) {
            problems.write(
                    request,
                    response,
                    new Problem(
                            ProblemType.NOT_FOUND,
                            "This process does not serve this path; another process of the installation does."));
            return;
        }
        chain.doFilter(request, response);
    }

    private boolean isServedElsewhere(String path) {
        String role = path.startsWith("/ingress/") ? "ingress" : "api";
        return !path.startsWith("/actuator")
                && !path.startsWith("/problems")
                && !settings.roles().contains(role);
    }
}
