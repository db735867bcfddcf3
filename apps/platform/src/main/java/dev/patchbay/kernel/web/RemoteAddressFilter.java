package dev.patchbay.kernel.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Collections;
import java.util.List;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Gives each request the address from which it came, in one spelling. {@code X-Forwarded-For} counts only when a trusted proxy
 * ({@code PATCHBAY_TRUSTED_PROXIES}) sent it. It is read from its right end to the first address that is no trusted proxy. A
 * text that is no address becomes {@value #UNKNOWN}, so that no text of a stranger reaches the audit trail, a row or a rate
 * limit.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class RemoteAddressFilter extends OncePerRequestFilter {

    static final String UNKNOWN = "unknown";
    private static final String FORWARDED_FOR = "X-Forwarded-For";

    private final List<NetworkBlock> trusted;

    RemoteAddressFilter(TrustedProxySettings settings) {
        this.trusted = settings.trustedProxies().stream()
                .map(String::strip)
                .map(NetworkBlock::parse)
                .toList();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String address = addressOf(request);
        chain.doFilter(
                new HttpServletRequestWrapper(request) {
                    @Override
                    public String getRemoteAddr() {
                        return address;
                    }

                    @Override
                    public String getRemoteHost() {
                        return address;
                    }
                },
                response);
    }

    private String addressOf(HttpServletRequest request) {
        String found = request.getRemoteAddr();
        List<String> forwarded = Collections.list(request.getHeaders(FORWARDED_FOR)).stream()
                .flatMap(header -> List.of(header.split(",", -1)).stream())
                .map(String::strip)
                .toList();
        for (int hop = forwarded.size() - 1; hop >= 0 && isTrusted(found); hop--) {
            found = forwarded.get(hop);
        }
        return NetworkBlock.parseAddress(found).map(InetAddress::getHostAddress).orElse(UNKNOWN);
    }

    private boolean isTrusted(String address) {
        return NetworkBlock.parseAddress(address)
                .filter(found -> trusted.stream().anyMatch(block -> block.contains(found)))
                .isPresent();
    }
}
