package dev.patchbay.kernel.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.kernel.Environment;
import dev.patchbay.kernel.Settings;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** The filter alone: the server refuses some paths before it. */
class UrlSpellingTests {

    private final UrlEncodingFilter filter = new UrlEncodingFilter(new ProblemWriter(
            new Settings(Environment.DEV, URI.create("https://patchbay.example"), Path.of("."), Set.of("api"))));

    private boolean isServed(String path) throws IOException, ServletException {
        var request = new MockHttpServletRequest("GET", path);
        new CorrelationFilter(Clock.systemUTC())
                .doFilter(request, new MockHttpServletResponse(), new MockFilterChain());
        var response = new MockHttpServletResponse();
        var chain = new MockFilterChain();
        filter.doFilter(request, response, chain);
        assertThat(response.getStatus()).isEqualTo(chain.getRequest() == null ? 400 : 200);
        return chain.getRequest() != null;
    }

    @ParameterizedTest
    @ValueSource(strings = {"/clients/%7B", "/clients/%5B", "/clients/%40", "/clients/%3A", "/clients/%25", "/%C3%A9"})
    void otherCharactersMayBeEscaped(String path) throws IOException, ServletException {
        assertThat(isServed(path)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/clients/%zz", "/clients/%", "/clients/%C3", "/clients/%00"})
    void aPathThatCannotBeDecodedIsMalformed(String path) throws IOException, ServletException {
        assertThat(isServed(path)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/clients/%61", "/clients/%5A", "/clients/%39", "/clients/%7e"})
    void anEscapeThatHidesACharacterIsMalformed(String path) throws IOException, ServletException {
        assertThat(isServed(path)).isFalse();
    }
}
