package dev.patchbay.kernel.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.HexFormat;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Limits the requests of one IP address, before they are authenticated: to the API, to sign-in, and, with a much lower limit,
 * with an invalid credential. Behind a proxy, the address is the one that the proxy reports.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 2)
final class AddressLimitFilter extends OncePerRequestFilter {

    private final ProblemWriter problems;
    private final RequestRateLimiter requests;
    private final RequestRateLimiter signIns;
    private final RequestRateLimiter failures;

    AddressLimitFilter(LimitSettings settings, ProblemWriter problems, Clock clock) {
        this.problems = problems;
        this.requests = new RequestRateLimiter("address", settings.address(), clock);
        this.signIns = new RequestRateLimiter("sign-in", settings.signIn(), clock);
        this.failures = new RequestRateLimiter("failures", settings.failures(), clock);
    }

    /** Webhooks have limits of their own, and health checks must always be answered. */
    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return isExempt(request.getRequestURI());
    }

    static boolean isExempt(String path) {
        return path.startsWith("/ingress/") || path.startsWith("/actuator/");
    }

    /** Matches the decoded path, so that an encoded spelling does not evade the limit. */
    private static boolean isSignIn(HttpServletRequest request) {
        return StringUtils.uriDecode(request.getRequestURI(), StandardCharsets.UTF_8)
                .startsWith("/sign-in");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String sender = network(request.getRemoteAddr());
        if (!requests.consume(sender, request, response, problems)
                || (isSignIn(request) && !signIns.consume(sender, request, response, problems))
                || !failures.check(sender, request, response, problems)) {
            return;
        }
        chain.doFilter(request, response);
        if (response.getStatus() == HttpServletResponse.SC_UNAUTHORIZED && carriesCredential(request)) {
            failures.consumeSilently(sender);
        }
    }

    /** A request without a credential guesses nothing. Nor does a cookie: it is 256 random bits, and expired ones are common. */
    private static boolean carriesCredential(HttpServletRequest request) {
        return request.getHeader(HttpHeaders.AUTHORIZATION) != null;
    }

    /** The address; of IPv6 its /64 network, all of which belongs to one sender. */
    static String network(String address) {
        // Without a colon it is IPv4, or a name, which getByName would look up.
        if (address.indexOf(':') < 0) {
            return address;
        }
        try {
            InetAddress read = InetAddress.getByName(address);
            return read instanceof Inet6Address
                    ? HexFormat.of().formatHex(Arrays.copyOf(read.getAddress(), 8))
                    : read.getHostAddress();
        } catch (java.net.UnknownHostException unreadable) {
            return "?";
        }
    }
}
