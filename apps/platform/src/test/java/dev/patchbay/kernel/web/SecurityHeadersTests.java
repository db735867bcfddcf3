package dev.patchbay.kernel.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.kernel.Environment;
import dev.patchbay.kernel.Settings;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.TestEnvironment;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

@PatchbayTest
class SecurityHeadersTests {

    private static final Map<String, String> ALWAYS = Map.of(
            "X-Content-Type-Options", "nosniff",
            "Referrer-Policy", "same-origin",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Cache-Control", "no-store");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/clients",
                "/api/v1/nothing",
                "/ingress/retell/nobody",
                "/actuator/health",
                "/actuator/env",
                "/error",
                "/a/page"
            })
    void everyResponseHasTheSecurityHeaders(String path) {
        HttpHeaders answered = answer(path);
        ALWAYS.forEach(
                (name, value) -> assertThat(answered.allValues(name)).as(name).containsExactly(value));
        assertThat(answered.allValues("Permissions-Policy")).hasSize(1);
        assertThat(answered.firstValue("Content-Security-Policy"))
                .hasValueSatisfying(
                        it -> assertThat(it).contains("frame-ancestors 'none'").doesNotContain("unsafe"));
        assertThat(answered.map()).doesNotContainKeys("server", "x-powered-by", "strict-transport-security");
    }

    /** The root is a page of the portal where the build has one; PortalHandlerTests says how that page is cached. */
    @Test
    void rootHasTheSecurityHeadersWithAndWithoutAPortal() {
        HttpHeaders answered = answer("/");
        ALWAYS.forEach((name, value) -> assertThat(answered.allValues(name))
                .as(name)
                .isSubsetOf(value, name.equals("Cache-Control") ? "no-cache" : value)
                .hasSize(1));
        assertThat(answered.firstValue("Content-Security-Policy"))
                .hasValueSatisfying(it -> assertThat(it).contains("frame-ancestors 'none'", "object-src 'none'"));
    }

    @Test
    void dataRunsNothingAndPagesRunOnlyTheirOwnScripts() {
        assertThat(answer("/api/v1/clients").firstValue("Content-Security-Policy"))
                .hasValue("default-src 'none'; frame-ancestors 'none'");
        assertThat(answer("/a/page").firstValue("Content-Security-Policy"))
                .hasValueSatisfying(it -> assertThat(it).startsWith("default-src 'self';"));
    }

    private static HttpHeaders answer(String path) {
        return TestEnvironment.send(
                        TestEnvironment.request(URI.create("http://127.0.0.1:" + TestEnvironment.PORT + path))
                                .GET())
                .headers();
    }

    @Test
    void strictTransportSecurityIsSetForHttpsOnly() throws ServletException, IOException {
        assertThat(behind("https://patchbay.example")).isEqualTo("max-age=31536000");
        assertThat(behind("http://127.0.0.1:8080")).isNull();
    }

    private static @Nullable String behind(String publicUrl) throws ServletException, IOException {
        var response = new MockHttpServletResponse();
        new SecurityHeaders(new Settings(Environment.PROD, URI.create(publicUrl), Path.of("target"), Set.of("api")))
                .doFilter(new MockHttpServletRequest("GET", "/"), response, new MockFilterChain());
        return response.getHeader("Strict-Transport-Security");
    }
}
