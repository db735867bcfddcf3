package dev.patchbay.kernel.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.kernel.Environment;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.Settings;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.util.unit.DataSize;

/** A body has a time and all bodies a memory; what was read is given back. */
class SlowBodyTests {

    private static final ProblemWriter PROBLEMS = new ProblemWriter(
            new Settings(Environment.DEV, URI.create("https://patchbay.example"), Path.of("target"), Set.of("api")));

    private static final FilterChain READING = (request, response) -> {
        var body = request.getInputStream();
        assertThat(body.read()).isEqualTo('x');
        body.readAllBytes();
        assertThat(body.read()).isNegative();
    };

    private static BodyLimitFilter filter(Duration timeout, int memory) {
        return new BodyLimitFilter(PROBLEMS, List.of(), new ApiBodySettings(timeout, DataSize.ofBytes(memory)));
    }

    private static void send(BodyLimitFilter filter, String path, int bytes) throws ServletException, IOException {
        var request = new MockHttpServletRequest("POST", path);
        request.setContent("x".repeat(bytes).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        filter.doFilter(request, new MockHttpServletResponse(), READING);
    }

    @Test
    void aBodyOfTheApiEndsInTime() throws Exception {
        var filter = filter(Duration.ZERO, 1 << 20);

        assertThatThrownBy(() -> send(filter, "/api/v1/clients", 10))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("within 0 s");
        send(filter, "/ingress/retell/key", 10);
    }

    @Test
    void allBodiesTogetherHaveAMemoryThatIsGivenBack() throws Exception {
        var filter = filter(Duration.ofMinutes(1), 100);

        for (int each = 0; each < 5; each++) {
            send(filter, "/api/v1/clients", 100);
        }
        assertThatThrownBy(() -> send(filter, "/api/v1/clients", 101))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("Too many bodies");
        send(filter, "/ingress/retell/key", 101);
        send(filter, "/api/v1/clients", 100);
    }
}
