package dev.patchbay.iam.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.iam.sessions.SessionSettings;
import dev.patchbay.kernel.Environment;
import dev.patchbay.kernel.Settings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletResponse;

class SessionCookiesTests {

    private static SessionCookies at(String url) {
        return new SessionCookies(
                new Settings(Environment.PROD, URI.create(url), Path.of("data"), Set.of()),
                new SessionSettings(Duration.ofHours(8), Duration.ofDays(7)));
    }

    @Test
    void cookiesHaveTheHostPrefixOverHttps() {
        var response = new MockHttpServletResponse();
        at("https://patchbay.example").setSession(response, "secret");
        assertThat(response.getHeaders("Set-Cookie")).hasSize(2);
        assertThat(response.getHeaders("Set-Cookie").getFirst())
                .startsWith("__Host-patchbay=secret; ")
                .contains("Path=/", "Secure", "HttpOnly", "SameSite=Lax", "Max-Age=604800")
                .doesNotContain("Domain");
        assertThat(response.getHeaders("Set-Cookie").getLast())
                .startsWith("__Host-patchbay-csrf=")
                .contains("Secure")
                .doesNotContain("HttpOnly", "=secret;");
        assertThat(at("https://patchbay.example").signInName()).isEqualTo("__Host-patchbay-sign-in");
    }

    @Test
    void cookiesHaveNoPrefixOverHttp() {
        var cookies = at("http://127.0.0.1:8080");
        assertThat(cookies.sessionName()).isEqualTo("patchbay_session");
        assertThat(cookies.csrfName()).isEqualTo("patchbay_csrf");
    }
}
