package dev.patchbay.iam.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.iam.sessions.SessionSettings;
import dev.patchbay.iam.oidc.OidcSettings;
import dev.patchbay.iam.signin.SignInSettings;
import dev.patchbay.kernel.Environment;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletResponse;

class SessionCookiesTests {

    private static SessionCookies at(String url) {
        return new SessionCookies(new SignInSettings(
                Environment.PROD,
                URI.create(url),
                URI.create("http://127.0.0.1:1"),
                Set.of(),
                new OidcSettings("", "", "", "", "", ""),
                new SessionSettings(Duration.ofHours(8), Duration.ofDays(7))));
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
        assertThat(at("https://patchbay.example").signIn()).isEqualTo("__Host-patchbay-sign-in");
    }

    @Test
    void cookiesHaveNoPrefixOverHttp() {
        var cookies = at("http://127.0.0.1:8080");
        assertThat(cookies.session()).isEqualTo("patchbay_session");
        assertThat(cookies.csrf()).isEqualTo("patchbay_csrf");
    }
}
