package dev.patchbay.connections.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.connections.http.HttpOutcome.NotSent;
import dev.patchbay.connections.http.HttpOutcome.Responded;
import dev.patchbay.kernel.Environment;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.InMemoryDnsResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No spelling of an address reaches a private network, tested with a server that listens there. */
class EgressPolicyTests {

    private final OutgoingHttp restricted = TestHttp.outgoing(Environment.PROD, Duration.ofSeconds(2), false);
    private final OutgoingHttp unrestricted = TestHttp.outgoing(Environment.PROD, Duration.ofSeconds(2), true);
    private ScriptedProvider privateServer;

    @BeforeEach
    void listen() throws IOException {
        privateServer = new ScriptedProvider();
    }

    @AfterEach
    void close() throws IOException {
        privateServer.close();
        restricted.destroy();
        unrestricted.destroy();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.1",
                "2130706433",
                "0x7f000001",
                "0x7f.1",
                "0177.0.0.1",
                "017700000001",
                "0",
                "0.0.0.0",
                "localhost",
                "localhost.",
                "LOCALHOST",
                "127.0.0.1.",
                "[::1]",
                "[::ffff:127.0.0.1]",
                "[::ffff:7f00:1]",
                "[::127.0.0.1]",
                "[64:ff9b::7f00:1]",
                "[fd00:ec2::254]",
                "[fe80::1]",
                "169.254.169.254",
                "public.example@127.0.0.1",
                "user:word@127.0.0.1",
                "127%2e0%2e0%2e1",
                "10.0.0.1"
            })
    void reachesNoPrivateAddress(String host) {
        int port = privateServer.address().getPort();
        for (String scheme : new String[] {"https", "http"}) {
            var uri = URI.create(scheme + "://" + host + ":" + port + "/");
            assertThat(restricted.baseUrlProblem(uri)).as("%s", uri).isPresent();
            assertThat(restricted.send(HttpCall.get("no/such.operation", uri)))
                    .as("%s", uri)
                    .isInstanceOf(NotSent.class);
        }
        assertThat(privateServer.seen()).isEmpty();
    }

    /** Bypasses the check of the spelling: the client itself must not connect. */
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "127.1", "2130706433", "0x7f.1"})
    void theClientAsksTheResolverForLiteralsToo(String host) throws IOException {
        var settings = new HttpSettings(
                Environment.PROD,
                new HttpSettings.Http(Duration.ofSeconds(2), Optional.of(false)),
                new HttpSettings.Oidc(""));
        var addresses =
                new PublicAddressResolver(false, "", org.apache.hc.client5.http.SystemDefaultDnsResolver.INSTANCE);
        try (var client = ApacheClientFactory.create(settings, addresses)) {
            var request =
                    new HttpGet("http://" + host + ":" + privateServer.address().getPort() + "/");
            var context = new Attempt(Window.startingNow(Duration.ofSeconds(2))).context();
            assertThat(isReached(() -> client.execute(request, context, answer -> answer.getCode())))
                    .isFalse();
        }
        assertThat(privateServer.seen()).isEmpty();
    }

    private interface Request {
        Integer send() throws IOException;
    }

    private static boolean isReached(Request request) {
        try {
            request.send();
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    @Test
    void checksTheResolvedAddressAtEachConnection() throws IOException {
        // Public at the first resolution, private at the second.
        var resolutions = new AtomicInteger();
        var rebinding = new DnsResolver() {
            @Override
            public InetAddress[] resolve(String host) throws UnknownHostException {
                return new InetAddress[] {
                    InetAddress.getByName(resolutions.getAndIncrement() == 0 ? "8.8.8.8" : "127.0.0.1")
                };
            }

            @Override
            public String resolveCanonicalHostname(String host) {
                return host;
            }
        };
        var addresses = new PublicAddressResolver(false, "", rebinding);
        var base = URI.create(
                "https://rebinding.example:" + privateServer.address().getPort());
        assertThat(new EgressPolicy(false, addresses).baseUrlProblem(base)).isEmpty();
        var settings = new HttpSettings(
                Environment.PROD,
                new HttpSettings.Http(Duration.ofSeconds(2), Optional.of(false)),
                new HttpSettings.Oidc(""));
        try (var client = ApacheClientFactory.create(settings, addresses)) {
            var request = new HttpGet(base.resolve("/").toString().replace("https", "http"));
            var context = new Attempt(Window.startingNow(Duration.ofSeconds(2))).context();
            assertThat(isReached(() -> client.execute(request, context, answer -> answer.getCode())))
                    .isFalse();
        }
        assertThat(resolutions).hasValue(2);
        assertThat(privateServer.seen()).isEmpty();
    }

    @Test
    void followsNoRedirect() {
        privateServer.then(302, Map.of("Location", privateServer.address() + "/metadata"), "");
        assertThat(unrestricted.send(HttpCall.get("no/such.operation", privateServer.address())))
                .isInstanceOfSatisfying(
                        Responded.class, it -> assertThat(it.status()).isEqualTo(302));
        assertThat(privateServer.seen()).hasSize(1);
    }

    @Test
    void ignoresProxySettingsOfTheProcess() {
        privateServer.then(200, "{}");
        System.setProperty("http.proxyHost", "192.0.2.1");
        System.setProperty("http.proxyPort", "9");
        System.setProperty("http.nonProxyHosts", "");
        try (var fresh = new Closing(TestHttp.outgoing(Environment.PROD, Duration.ofSeconds(2), true))) {
            assertThat(fresh.http().send(HttpCall.get("no/such.operation", privateServer.address())))
                    .isInstanceOf(Responded.class);
        } catch (IOException unclosable) {
            throw new AssertionError(unclosable);
        } finally {
            System.clearProperty("http.proxyHost");
            System.clearProperty("http.proxyPort");
            System.clearProperty("http.nonProxyHosts");
        }
    }

    private record Closing(OutgoingHttp http) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            http.destroy();
        }
    }

    @Test
    void namesTheProblemOfABaseAddress() throws UnknownHostException {
        var names = new InMemoryDnsResolver();
        names.add("good.example", InetAddress.getByName("8.8.8.8"));
        names.add("inside.example", InetAddress.getByName("10.0.0.1"));
        var egressPolicy = new EgressPolicy(false, new PublicAddressResolver(false, "", names));
        assertThat(egressPolicy.baseUrlProblem(URI.create("https://good.example:8443/base")))
                .isEmpty();
        assertThat(egressPolicy.baseUrlProblem(URI.create("HTTPS://good.example")))
                .isEmpty();
        assertThat(problem(egressPolicy, "ftp://good.example")).contains("begins with https://");
        assertThat(problem(egressPolicy, "good.example/path")).contains("begins with https://");
        assertThat(problem(egressPolicy, "http://good.example")).contains("Give an https:// address");
        assertThat(problem(egressPolicy, "https://0x7f.1/")).contains("ordinary host name");
        assertThat(problem(egressPolicy, "https://0x7f000001")).contains("ordinary host name");
        assertThat(problem(egressPolicy, "https://a@good.example")).contains("before the @");
        assertThat(problem(egressPolicy, "https://good.example?x=1")).contains("query");
        assertThat(problem(egressPolicy, "https://good.example#x")).contains("fragment");
        assertThat(problem(egressPolicy, "https://inside.example"))
                .isEqualTo("inside.example is not a public address: give one that the internet reaches.");
        assertThat(problem(egressPolicy, "https://unknown.example"))
                .isEqualTo("No server is called unknown.example: check the spelling.");
        assertThat(new EgressPolicy(true, new PublicAddressResolver(true, "", names))
                        .baseUrlProblem(URI.create("http://inside.example")))
                .isEmpty();
    }

    private static String problem(EgressPolicy egressPolicy, String uri) {
        return egressPolicy.baseUrlProblem(URI.create(uri)).orElse("");
    }
}
