package dev.patchbay.kernel.web;

import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.Ids;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Gives each request its correlation id: the caller's {@value #HEADER} when it is well-formed, or else a new one. The response
 * has it in the same header, and every log line has it as {@value #NAME}.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class CorrelationFilter extends OncePerRequestFilter {

    public static final String HEADER = "X-Correlation-Id";
    public static final String NAME = "correlationId";

    /**
     * The ids that are accepted from callers. They are narrower than Patchbay's own and have no line breaks, because they are
     * written to a header and to log lines.
     */
    private static final Pattern WELL_FORMED = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.:-]{0,127}");

    private final Clock clock;

    CorrelationFilter(Clock clock) {
        this.clock = clock;
    }

    /** Returns the id of the current request. */
    public static CorrelationId of(HttpServletRequest request) {
        return new CorrelationId(String.valueOf(request.getAttribute(NAME)));
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String id = idFor(request.getHeader(HEADER));
        request.setAttribute(NAME, id);
        response.setHeader(HEADER, id);
        try (var _ = MDC.putCloseable(NAME, id)) {
            chain.doFilter(request, response);
        } finally {
            MDC.clear();
        }
    }

    private String idFor(@Nullable String offered) {
        return offered != null && WELL_FORMED.matcher(offered).matches() ? offered : Ids.next("cor", clock.instant());
    }
}
