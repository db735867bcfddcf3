package dev.patchbay.kernel.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.kernel.Environment;
import dev.patchbay.kernel.Settings;
import dev.patchbay.testing.PatchbayTest;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

@PatchbayTest
class ProcessRoleFilterTests {

    @Autowired
    private ProblemWriter problems;

    @Test
    void aProcessAnswersForItsRolesOnly() throws Exception {
        assertThat(answer("worker", "/ingress/retell/key")).isEqualTo(404);
        assertThat(answer("worker", "/api/v1/runs")).isEqualTo(404);
        assertThat(answer("worker", "/actuator/health")).isEqualTo(200);
        assertThat(answer("worker", "/problems/not_found")).isEqualTo(200);
        assertThat(answer("ingress", "/ingress/retell/key")).isEqualTo(200);
        assertThat(answer("ingress", "/api/v1/runs")).isEqualTo(404);
        assertThat(answer("ingress", "/sign-in")).isEqualTo(404);
        assertThat(answer("worker", "/connect/google/callback")).isEqualTo(404);
        assertThat(answer("api", "/api/v1/runs")).isEqualTo(200);
        assertThat(answer("api", "/")).isEqualTo(200);
    }

    private int answer(String role, String path) throws ServletException, IOException {
        var settings = new Settings(Environment.DEV, URI.create("http://127.0.0.1"), Path.of("target"), Set.of(role));
        var response = new MockHttpServletResponse();
        new ProcessRoleFilter(settings, problems)
                .doFilter(new MockHttpServletRequest("GET", path), response, new MockFilterChain());
        return response.getStatus();
    }
}
