package dev.patchbay.kernel.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.kernel.Environment;
import dev.patchbay.kernel.Settings;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Set;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardHost;
import org.junit.jupiter.api.Test;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** Metrics are served where the operator looks, not where the internet does. */
class ManagementPortTests {

    private static final ProblemWriter PROBLEMS = new ProblemWriter(
            new Settings(Environment.PROD, URI.create("https://patchbay.example"), Path.of("target"), Set.of("api")));

    private static int statusOf(int managementPort, int port, String path) throws ServletException, IOException {
        var filter = new ManagementPortFilter(new ManagementSettings(managementPort, "127.0.0.1"), PROBLEMS);
        var request = new MockHttpServletRequest("GET", path);
        request.setLocalPort(port);
        request.setAttribute(CorrelationFilter.NAME, "cor_test");
        var response = new MockHttpServletResponse();
        filter.doFilter(request, response, new MockFilterChain());
        return response.getStatus();
    }

    @Test
    void withAManagementPortMetricsAreThereOnly() throws Exception {
        assertThat(statusOf(9090, 8080, "/actuator/prometheus")).isEqualTo(404);
        assertThat(statusOf(9090, 8080, "/actuator/health")).isEqualTo(200);
        assertThat(statusOf(9090, 9090, "/actuator/prometheus")).isEqualTo(200);
        assertThat(statusOf(9090, 9090, "/api/v1/clients")).isEqualTo(404);
    }

    @Test
    void withoutOneMetricsAreOnThePlatformsPort() throws Exception {
        assertThat(statusOf(0, 8080, "/actuator/prometheus")).isEqualTo(200);
    }

    @Test
    void tomcatListensOnTheManagementPortToo() {
        var factory = new TomcatServletWebServerFactory();
        new TomcatConfiguration()
                .tomcatCustomizer(new ManagementSettings(9090, "127.0.0.1"))
                .customize(factory);
        assertThat(factory.getAdditionalConnectors())
                .extracting(Connector::getPort)
                .containsExactly(9090);

        var plain = new TomcatServletWebServerFactory();
        new TomcatConfiguration()
                .tomcatCustomizer(new ManagementSettings(0, "127.0.0.1"))
                .customize(plain);
        assertThat(plain.getAdditionalConnectors()).isEmpty();
        assertThat(new StandardHost().getErrorReportValveClass()).isNotEmpty();
    }
}
