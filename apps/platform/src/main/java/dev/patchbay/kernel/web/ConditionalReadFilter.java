package dev.patchbay.kernel.web;

import com.google.re2j.Pattern;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.InputStream;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.ShallowEtagHeaderFilter;

/**
 * Adds an {@code ETag} to responses that open pages poll, and answers 304 without a body when nothing has changed (ADR 0038).
 * It runs after the limits of a caller (-99). {@code Cache-Control: no-store} stays: the portal keeps tags in memory, so
 * nothing is written to a disk.
 */
@Component
@Order(-98)
final class ConditionalReadFilter extends ShallowEtagHeaderFilter {

    /**
     * The polled paths. Their responses are bounded and have no audited content. A stream must never be held in memory for its
     * tag.
     */
    private static final Pattern POLLED = Pattern.compile(
            "/api/v1/(me|attention|timeline|dead-letters|connections|clients|replays/[^/]+|runs(/[^/]+)?|calls(/[^/]+)?)");

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !POLLED.matcher(request.getRequestURI()).matches();
    }

    @Override
    protected boolean isEligibleForEtag(
            HttpServletRequest request, HttpServletResponse response, int status, InputStream body) {
        return status == HttpServletResponse.SC_OK && HttpMethod.GET.matches(request.getMethod());
    }
}
