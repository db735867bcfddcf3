package dev.patchbay.kernel.web;

import dev.patchbay.kernel.Settings;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Sets the security headers of every response (docs/security/security.md). It runs first, so that error responses have them too.
 * A handler whose response may be cached overwrites {@code Cache-Control}.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class SecurityHeaders extends OncePerRequestFilter {

    /** For responses that are no pages: nothing may run, be loaded, or frame them. */
    static final String DATA_POLICY = "default-src 'none'; frame-ancestors 'none'";

    /** For pages: scripts, styles and requests of this origin only, nothing inline. */
    static final String PAGE_POLICY =
            "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    /**
     * For pages of the portal: their own inline scripts by hash; inline styles, which the exported pages, Radix and sonner set
     * (ADR 0030); small images of the style sheet.
     */
    static String portalPolicy(List<String> scripts) {
        return PAGE_POLICY
                + "; script-src 'self'"
                + scripts.stream().map(hash -> " '" + hash + "'").collect(Collectors.joining())
                + "; style-src 'self' 'unsafe-inline'; img-src 'self' data:";
    }

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
        // Not "no-referrer", which would also blank the Origin header of our own forms.
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

    /** Whether the path belongs to the API, webhooks, health or the API's description. */
    static boolean isData(String path) {
        return path.startsWith("/api/")
                || path.startsWith("/ingress/")
                || path.startsWith("/actuator/")
                || path.startsWith("/v3/");
    }
}
