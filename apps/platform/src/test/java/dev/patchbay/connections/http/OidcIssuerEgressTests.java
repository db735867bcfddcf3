package dev.patchbay.connections.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.connections.http.HttpOutcome.NotSent;
import dev.patchbay.kernel.Environment;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import org.apache.hc.client5.http.impl.InMemoryDnsResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An OIDC issuer at a private address is reached by sign-in requests only. */
class OidcIssuerEgressTests {

    private OutgoingHttp http = TestHttp.unchecked();
    private URI inside = URI.create("https://127.0.0.1");
    private ServerSocket listening;

    @BeforeEach
    void listen() throws IOException {
        http.destroy();
        listening = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
        inside = URI.create("https://localhost:" + listening.getLocalPort());
        http = TestHttp.outgoing(Environment.PROD, Duration.ofMillis(500), false, inside + "/realms/agency");
    }

    @AfterEach
    void close() throws IOException {
        listening.close();
        http.destroy();
    }

    private String sentence(String operation, URI to) {
        return http.send(HttpCall.get(operation, to)) instanceof NotSent refused ? refused.sentence() : "reached";
    }

    @Test
    void signInReachesTheIssuerAtAPrivateAddress() {
        // The server does not speak TLS, so the request fails later than by the address check.
        assertThat(sentence("oidc/discovery.get", inside)).doesNotContain("public address");
    }

    @Test
    void otherRequestsAndOtherPrivateHostsAreRefused() {
        assertThat(sentence("highlevel/contacts.get", inside)).contains("localhost is not a public address");
        assertThat(http.baseUrlProblem(inside)).isPresent();
        assertThat(sentence("oidc/keys.get", URI.create("https://127.0.0.1:" + inside.getPort())))
                .contains("127.0.0.1 is not a public address");
        assertThat(sentence("oidc/keys.get", URI.create(inside.toString().replace("https", "http"))))
                .contains("Give an https:// address");
    }

    @Test
    void theExemptHostIsComparedByItsFullName() throws UnknownHostException {
        var names = new InMemoryDnsResolver();
        names.add("Login.example", InetAddress.getByName("10.0.0.1"));
        names.add("login.example", InetAddress.getByName("10.0.0.1"));
        assertThat(new PublicAddressResolver(false, "login.example", names).resolve("Login.example"))
                .hasSize(1);
        var http = new HttpSettings.Http(Duration.ofSeconds(1), Optional.empty());
        assertThat(new HttpSettings(Environment.PROD, http, new HttpSettings.Oidc("https://login.example/x"))
                        .issuerHost())
                .isEqualTo("login.example");
        assertThat(new HttpSettings(Environment.PROD, http, new HttpSettings.Oidc("")).issuerHost())
                .isEmpty();
        assertThat(new HttpSettings(Environment.PROD, http, new HttpSettings.Oidc("https://no address")).issuerHost())
                .isEmpty();
    }
}
