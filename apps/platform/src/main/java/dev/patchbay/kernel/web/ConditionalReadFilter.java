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
 * Gives what open pages poll an {@code ETag}, and answers an unchanged one 304 without a body (ADR 0038). It runs after the
 * limits of a caller (-99). {@code Cache-Control: no-store} stays: the portal keeps tags in memory, so nothing reaches a disk.
 */
@Component
@Order(-98)
final class ConditionalReadFilter extends ShallowEtagHeaderFilter {

    /** Bounded responses without audited content. A stream must never be held in memory for its tag. */
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
