package dev.patchbay.connections.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.connections.http.HttpOutcome.Lost;
import dev.patchbay.connections.http.HttpOutcome.NotSent;
import dev.patchbay.connections.http.HttpOutcome.Responded;
import dev.patchbay.kernel.Environment;
import dev.patchbay.kernel.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.junit.jupiter.api.Test;

/** A window may end while the client resolves a name or opens a connection. */
class EndingWindowTests {

    private static final HttpSettings SETTINGS = new HttpSettings(
            Environment.DEV,
            new HttpSettings.Http(Duration.ofSeconds(5), Optional.of(true)),
            new HttpSettings.Oidc(""));

    /** Runs what happens meanwhile, then finds every name at the loopback address. */
    private record SlowDns(Runnable meanwhile) implements DnsResolver {

        @Override
        public InetAddress[] resolve(String host) {
            meanwhile.run();
            return new InetAddress[] {InetAddress.getLoopbackAddress()};
        }

        @Override
        public String resolveCanonicalHostname(String host) throws UnknownHostException {
            throw new UnknownHostException(host);
        }
    }

    private static HttpOutcome sendWhile(ScriptedProvider provider, BiConsumer<Attempt, HttpUriRequestBase> meanwhile)
            throws IOException {
        var call = HttpCall.get(
                "highlevel/contacts.get",
                URI.create("http://provider.example:" + provider.address().getPort() + "/contacts/1"));
        var attempt = new Attempt(Window.startingNow(Duration.ofSeconds(5)));
        var request = ApacheClientFactory.request(call, attempt);
        try (var client = ApacheClientFactory.create(SETTINGS, new SlowDns(() -> meanwhile.accept(attempt, request)))) {
            return attempt.execute(client, request, response -> new Responded(200, Json.object(), Optional.empty()));
        }
    }

    @Test
    void aRequestThatTimesOutWhileItsNameIsResolvedWasNotSent() throws IOException {
        try (var provider = new ScriptedProvider()) {
            HttpOutcome outcome = sendWhile(provider, (attempt, request) -> {
                attempt.markTimedOut(Duration.ofMillis(20));
                request.abort();
            });

            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            NotSent.class, it -> assertThat(it.sentence()).contains("within 20 ms"));
            assertThat(provider.seen()).isEmpty();
        }
    }

    /** A byte may have been sent, as far as this process knows, so the effect is looked up. */
    @Test
    void aConnectionThatIsReleasedUnderARequestLosesItsResponse() throws IOException {
        try (var provider = new ScriptedProvider()) {
            assertThat(sendWhile(provider, (attempt, request) -> request.abort()))
                    .isInstanceOf(Lost.class);
        }
    }

    @Test
    void anErrorOfOursIsNotTakenForTheEndOfAWindow() throws IOException {
        try (var provider = new ScriptedProvider()) {
            provider.then(200, "{}");
            var attempt = new Attempt(Window.startingNow(Duration.ofSeconds(5)));
            var request = ApacheClientFactory.request(
                    HttpCall.get("highlevel/contacts.get", provider.address().resolve("/contacts/1")), attempt);
            try (var client = ApacheClientFactory.create(SETTINGS, new SlowDns(() -> {}))) {
                assertThatThrownBy(() -> attempt.execute(client, request, response -> {
                            throw new IllegalStateException("of ours");
                        }))
                        .hasMessage("of ours");
            }
        }
    }
}
