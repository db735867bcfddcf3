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
 * How much one address may ask of the API and of sign-in, before anybody looks who it is; and, much less, how often it may show
 * a credential that is none. Behind a proxy the address is the one the proxy names.
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

    /** Webhooks have a gate of their own, and whoever asks for health must be answered. */
    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return isOurs(request.getRequestURI());
    }

    static boolean isOurs(String path) {
        return path.startsWith("/ingress/") || path.startsWith("/actuator/");
    }

    /** However its address is written: the path is matched as it reads decoded. */
    private static boolean isSignIn(HttpServletRequest request) {
        return StringUtils.uriDecode(request.getRequestURI(), StandardCharsets.UTF_8)
                .startsWith("/sign-in");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String sender = network(request.getRemoteAddr());
        if (!requests.take(sender, request, response, problems)
                || (isSignIn(request) && !signIns.take(sender, request, response, problems))
                || !failures.allows(sender, request, response, problems)) {
            return;
        }
        chain.doFilter(request, response);
        if (response.getStatus() == HttpServletResponse.SC_UNAUTHORIZED && isGuess(request)) {
            failures.count(sender);
        }
    }

    /** Whoever shows nothing guesses nothing; and a cookie is 256 random bits, seen here whenever a session has ended. */
    private static boolean isGuess(HttpServletRequest request) {
        return request.getHeader(HttpHeaders.AUTHORIZATION) != null;
    }

    /** The address; of IPv6 the first 64 bits, since whoever has one has them all. */
    static String network(String address) {
        // Only literals: a name would be looked up.
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
