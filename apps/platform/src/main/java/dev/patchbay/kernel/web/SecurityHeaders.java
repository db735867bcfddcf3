package dev.patchbay.kernel.web;

import dev.patchbay.kernel.Settings;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * What every answer tells a browser (docs/security/security.md). Set before anything else runs, so that refusals carry it too;
 * whoever serves a file that may be kept sets its own {@code Cache-Control} over ours.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class SecurityHeaders extends OncePerRequestFilter {

    /** Of what is no page: nothing may run, load or frame it. */
    static final String DATA_POLICY = "default-src 'none'; frame-ancestors 'none'";

    /** Of pages: scripts, styles and requests of this origin only, nothing inline. */
    static final String PAGE_POLICY =
            "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private static final String FEATURES =
            "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()";
    private static final String ONE_YEAR = "max-age=31536000";

    private final boolean https;

    SecurityHeaders(Settings settings) {
        this.https = "https".equals(settings.publicUrl().getScheme());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Content-Security-Policy", isData(request.getRequestURI()) ? DATA_POLICY : PAGE_POLICY);
        // Not "no-referrer": that would also blank the Origin of our own forms.
        response.setHeader("Referrer-Policy", "same-origin");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        response.setHeader("Permissions-Policy", FEATURES);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        if (https) {
            response.setHeader("Strict-Transport-Security", ONE_YEAR);
        }
        chain.doFilter(request, response);
    }

    private static boolean isData(String path) {
        return path.startsWith("/api/")
                || path.startsWith("/ingress/")
                || path.startsWith("/actuator/")
                || path.startsWith("/v3/");
    }
}
