package dev.patchbay.kernel.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** The address of a request: an address in one spelling, or unknown. */
class RemoteAddressFilterTests {

    private final RemoteAddressFilter direct = new RemoteAddressFilter(new TrustedProxySettings(List.of()));
    private final RemoteAddressFilter proxied =
            new RemoteAddressFilter(new TrustedProxySettings(List.of("10.0.0.0/8", " 2001:db8::/33", "192.0.2.7")));

    private static String addressBehind(RemoteAddressFilter filter, String peer, String... forwarded)
            throws ServletException, IOException {
        var request = new MockHttpServletRequest("GET", "/");
        request.setRemoteAddr(peer);
        for (String header : forwarded) {
            request.addHeader("X-Forwarded-For", header);
        }
        var seen = new AtomicReference<HttpServletRequest>();
        filter.doFilter(
                request, new MockHttpServletResponse(), (wrapped, response) -> seen.set((HttpServletRequest) wrapped));
        assertThat(seen.get().getRemoteHost()).isEqualTo(seen.get().getRemoteAddr());
        return seen.get().getRemoteAddr();
    }

    @Test
    void withoutTrustedProxiesTheHeaderCountsForNothing() throws Exception {
        assertThat(addressBehind(direct, "127.0.0.1", "198.51.100.7")).isEqualTo("127.0.0.1");
        assertThat(addressBehind(direct, "10.1.1.1", "x".repeat(6_000))).isEqualTo("10.1.1.1");
    }

    @Test
    void aTrustedProxySaysWhereARequestCameFrom() throws Exception {
        assertThat(addressBehind(proxied, "10.1.1.1", "198.51.100.7")).isEqualTo("198.51.100.7");
        assertThat(addressBehind(proxied, "192.0.2.7", "203.0.113.9, 198.51.100.7, 10.2.2.2"))
                .isEqualTo("198.51.100.7");
        assertThat(addressBehind(proxied, "10.1.1.1", "203.0.113.9", "198.51.100.7"))
                .isEqualTo("198.51.100.7");
        assertThat(addressBehind(proxied, "10.1.1.1", "10.3.3.3")).isEqualTo("10.3.3.3");
        assertThat(addressBehind(proxied, "10.1.1.1")).isEqualTo("10.1.1.1");
        assertThat(addressBehind(proxied, "2001:db8:1::1", "198.51.100.7")).isEqualTo("198.51.100.7");
        assertThat(addressBehind(proxied, "2001:db8:8000::1", "198.51.100.7")).isEqualTo("2001:db8:8000:0:0:0:0:1");
        assertThat(addressBehind(proxied, "192.0.2.8", "198.51.100.7")).isEqualTo("192.0.2.8");
    }

    @Test
    void everySpellingOfAnAddressIsOneAddressAndNoTextIsOne() throws Exception {
        assertThat(addressBehind(proxied, "10.1.1.1", "2001:DB8:8000:0::1")).isEqualTo("2001:db8:8000:0:0:0:0:1");
        assertThat(addressBehind(proxied, "10.1.1.1", "x".repeat(6_000))).isEqualTo("unknown");
        assertThat(addressBehind(proxied, "10.1.1.1", "localhost")).isEqualTo("unknown");
        assertThat(addressBehind(proxied, "10.1.1.1", "")).isEqualTo("unknown");
    }

    @Test
    void aSettingThatIsNoBlockIsRefused() {
        assertThatThrownBy(() -> NetworkBlock.parse("proxies")).hasMessageContaining("no block");
        assertThatThrownBy(() -> NetworkBlock.parse("10.0.0.0/33")).hasMessageContaining("beyond 32");
        assertThatThrownBy(() -> NetworkBlock.parse("10.0.0.0/-1")).hasMessageContaining("beyond 32");
    }
}
