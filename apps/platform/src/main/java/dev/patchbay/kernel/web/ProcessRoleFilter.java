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
 * A process answers for its roles only: webhooks where it is {@code ingress}; the API, sign-in and pages where it is {@code api};
 * health and metrics everywhere.
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
        if (isElsewhere(request.getRequestURI())) {
            problems.write(
                    request,
                    response,
                    new Problem(ProblemType.NOT_FOUND, "Another process of this installation answers this address."));
            return;
        }
        chain.doFilter(request, response);
    }

    private boolean isElsewhere(String path) {
        String role = path.startsWith("/ingress/") ? "ingress" : "api";
        return !path.startsWith("/actuator") && !settings.roles().contains(role);
    }
}
