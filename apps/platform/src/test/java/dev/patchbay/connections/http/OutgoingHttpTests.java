package dev.patchbay.connections.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.connections.http.HttpOutcome.Lost;
import dev.patchbay.connections.http.HttpOutcome.NotSent;
import dev.patchbay.connections.http.HttpOutcome.Responded;
import dev.patchbay.kernel.Environment;
import dev.patchbay.kernel.Json;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class OutgoingHttpTests {

    private static final HttpSettings.Oidc NO_ISSUER = new HttpSettings.Oidc("");

    private static final JsonNode CONTACT =
            Json.read("{\"locationId\":\"loc\",\"phone\":\"+1\",\"source\":\"s\",\"tags\":[\"t\"]}");
    private final OutgoingHttp http = TestHttp.checking();
    private final List<Exchange> journal = new ArrayList<>();
    private ScriptedProvider provider;

    @BeforeEach
    void listen() throws IOException {
        provider = new ScriptedProvider();
    }

    @AfterEach
    void close() throws IOException {
        provider.close();
        http.destroy();
    }

    private HttpCall upsert() {
        return HttpCall.json(
                "highlevel/contacts.create", "POST", provider.address().resolve("/contacts/upsert"), CONTACT);
    }

    private HttpCall get() {
        return HttpCall.get("highlevel/contacts.get", provider.address().resolve("/contacts/1"));
    }

    private HttpOutcome send(HttpCall call) {
        return http.send(call, Window.startingNow(Duration.ofSeconds(10)), journal::add);
    }

    @Test
    void sendsJsonAndReadsTheResponse() {
        provider.then(201, "{\"contact\":{\"id\":\"c1\"}}");
        HttpOutcome outcome = send(upsert().withHeader("Authorization", "Bearer secret"));
        assertThat(outcome).isInstanceOfSatisfying(Responded.class, it -> {
            assertThat(it.status()).isEqualTo(201);
            assertThat(it.body().at("/contact/id").asString()).isEqualTo("c1");
            assertThat(it.retryAfter()).isEmpty();
        });
        assertThat(provider.seen().getFirst().headers())
                .containsEntry("Authorization", "Bearer secret")
                .containsEntry("Content-type", "application/json; charset=UTF-8");
        assertThat(journal).hasSize(1);
        assertThat(journal.toString()).doesNotContain("secret").contains("\"status\":201");
    }

    @Test
    void sendsFormsEncoded() {
        provider.then(200, "{\"access_token\":\"a\",\"expires_in\":1}");
        Map<String, String> form =
                Map.of("grant_type", "refresh_token", "client_id", "a b", "client_secret", "c&d", "refresh_token", "é");
        assertThat(http.send(HttpCall.form("google/oauth.token", provider.address(), form)))
                .isInstanceOf(Responded.class);
        assertThat(provider.seen().getFirst().body())
                .contains("client_id=a+b", "client_secret=c%26d", "refresh_token=%C3%A9");
    }

    @Test
    void doesNotSendABodyThatBreaksItsContractAndNamesThePath() {
        JsonNode broken = Json.read("{\"locationId\":\"\",\"phone\":\"+1\",\"source\":\"s\",\"tags\":[\"t\"]}");
        HttpOutcome outcome = send(HttpCall.json("highlevel/contacts.create", "POST", provider.address(), broken));
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        NotSent.class, it -> assertThat(it.sentence()).contains("/locationId"));
        assertThat(provider.seen()).isEmpty();
    }

    @Test
    void countsAResponseThatBreaksItsContractAsLost() {
        provider.then(200, "{\"contact\":{}}");
        assertThat(send(upsert()))
                .isInstanceOfSatisfying(
                        Lost.class, it -> assertThat(it.sentence()).contains("/contact"));
    }

    @Test
    void doesNotCheckErrorResponsesAgainstTheContract() {
        provider.then(422, "{\"message\":\"no\"}").then(200, "{\"contact\":{\"id\":\"\"}}");
        assertThat(send(upsert())).isInstanceOf(Responded.class);
        assertThat(send(get())).isInstanceOf(Lost.class);
    }

    @Test
    void checksNoContractInProd() throws IOException {
        OutgoingHttp prod = TestHttp.unchecked();
        provider.then(200, "{}");
        HttpCall call = HttpCall.json("no/such.operation", "POST", provider.address(), Json.object());
        assertThat(prod.send(call)).isInstanceOf(Responded.class);
        prod.destroy();
    }

    @Test
    void refusesAnOperationWithoutContractOutsideProd() {
        HttpCall call = HttpCall.json("no/such.operation", "POST", provider.address(), Json.object());
        assertThatThrownBy(() -> http.send(call)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void countsADroppedConnectionAsLost() {
        provider.thenNothing();
        assertThat(send(upsert())).isInstanceOf(Lost.class);
        assertThat(provider.seen()).as("nothing is sent twice").hasSize(1);
        assertThat(journal.toString()).contains("error");
    }

    @Test
    void nothingIsSentWhenNoServerListens() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        assertThat(send(HttpCall.get("highlevel/contacts.get", URI.create("http://127.0.0.1:" + free + "/"))))
                .isInstanceOf(NotSent.class);
        assertThat(send(HttpCall.get("highlevel/contacts.get", URI.create("http://no-such-host.invalid/"))))
                .isInstanceOf(NotSent.class);
    }

    @Test
    void sendsNothingAfterTheWindowHasClosed() {
        Window closed = Window.startingNow(Duration.ofMillis(50));
        assertThat(http.send(upsert(), closed, journal::add)).isInstanceOf(NotSent.class);
        assertThat(provider.seen()).isEmpty();
    }

    @Test
    void endsTheCallWhenTheWindowEnds() {
        CountDownLatch never = new CountDownLatch(1);
        provider.then(exchange -> await(never));
        long started = System.nanoTime();
        assertThat(http.send(upsert(), Window.startingNow(Duration.ofMillis(500)), journal::add))
                .isInstanceOf(Lost.class);
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(3));
        never.countDown();
    }

    @Test
    void endsTheCallAtTheAttemptTimeoutEvenIfBytesTrickle() throws IOException {
        OutgoingHttp hasty = TestHttp.outgoing(Environment.DEV, Duration.ofMillis(400), true);
        CountDownLatch never = new CountDownLatch(1);
        provider.then(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            await(never);
        });
        assertThat(hasty.send(get())).isInstanceOf(Lost.class);
        never.countDown();
        hasty.destroy();
    }

    @Test
    void readsNoMoreThanFourMebibytes() {
        String largest = "\"" + "x".repeat(4 * 1024 * 1024 - 2) + "\"";
        provider.then(404, largest).then(404, largest + " ");
        assertThat(send(get())).isInstanceOf(Responded.class);
        assertThat(send(get())).isInstanceOf(Lost.class);
        assertThat(journal.getFirst().answer().path("body").asString().length()).isEqualTo(16 * 1024 + 1);
    }

    @Test
    void keepsResponsesThatAreNotJson() {
        provider.then(502, "<html>").then(204, "");
        assertThat(send(get()))
                .isInstanceOfSatisfying(
                        Responded.class, it -> assertThat(it.body().asString()).isEqualTo("<html>"));
        HttpCall delete = new HttpCall("google/events.delete", "DELETE", provider.address(), Map.of(), null, null);
        assertThat(send(delete))
                .isInstanceOfSatisfying(
                        Responded.class, it -> assertThat(it.body().isNull()).isTrue());
    }

    @Test
    void readsRetryAfter() {
        String ahead = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                Instant.now().plusSeconds(60).atZone(ZoneOffset.UTC));
        List<String> headers = List.of("7", ahead, "Mon, 01 Jan 2024 00:00:00 GMT", "soon", "99999999999999999999");
        headers.forEach(it -> provider.then(429, Map.of("Retry-After", it), "{}"));
        List<Long> seconds = headers.stream()
                .map(it -> ((Responded) send(get()))
                        .retryAfter()
                        .map(Duration::toSeconds)
                        .orElse(-1L))
                .toList();
        assertThat(seconds.get(0)).isEqualTo(7);
        assertThat(seconds.get(1)).isBetween(50L, 60L);
        assertThat(seconds.subList(2, 5)).containsExactly(0L, -1L, -1L);
    }

    @Test
    void followsNoRedirect() {
        provider.then(302, Map.of("Location", provider.address() + "/elsewhere"), "");
        assertThat(send(get()))
                .isInstanceOfSatisfying(
                        Responded.class, it -> assertThat(it.status()).isEqualTo(302));
        assertThat(provider.seen()).hasSize(1);
    }

    @Test
    void reachesNoPrivateAddress() throws IOException {
        OutgoingHttp restricted = TestHttp.outgoing(Environment.DEV, Duration.ofSeconds(5), false);
        for (String host :
                List.of("127.0.0.1", "localhost", "[::1]", "169.254.169.254", "[::ffff:10.0.0.1]", "2130706433")) {
            URI uri = URI.create("http://" + host + ":" + provider.address().getPort() + "/");
            assertThat(restricted.send(HttpCall.get("highlevel/contacts.get", uri)))
                    .as(host)
                    .isInstanceOf(NotSent.class);
        }
        assertThat(provider.seen()).isEmpty();
        restricted.destroy();
    }

    @Test
    void measuresEachOperation() throws IOException {
        var meters = new SimpleMeterRegistry();
        HttpSettings settings = new HttpSettings(
                Environment.DEV, new HttpSettings.Http(Duration.ofSeconds(5), Optional.empty()), NO_ISSUER);
        OutgoingHttp measured = new OutgoingHttp(
                settings,
                new Contracts(settings),
                meters,
                io.micrometer.observation.ObservationRegistry.NOOP,
                Clock.systemUTC());
        provider.then(404, "{}");
        measured.send(get());
        measured.send(get());
        assertThat(meters.get("provider.requests").tag("outcome", "4xx").timer().count())
                .isEqualTo(1);
        assertThat(meters.get("provider.requests")
                        .tag("outcome", "lost")
                        .timer()
                        .count())
                .isEqualTo(1);
        measured.destroy();
    }

    @Test
    void stopsAtTheLastMomentWhenTheWindowCloses() {
        Window closed = Window.startingNow(Duration.ZERO);
        Attempt attempt = new Attempt(closed);
        assertThatThrownBy(() -> Attempt.beforeHead(attempt.context())).isInstanceOf(Attempt.WindowClosed.class);
        assertThat(attempt.classifyFailure("host", new Attempt.WindowClosed())).isInstanceOf(NotSent.class);
        var request = ApacheClientFactory.request(upsert(), attempt);
        assertThatThrownBy(() -> request.getEntity().writeTo(java.io.OutputStream.nullOutputStream()))
                .isInstanceOf(Attempt.WindowClosed.class);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void allowsPrivateAddressesByItselfOnlyInDev() {
        var unset = new HttpSettings.Http(Duration.ofSeconds(5), Optional.empty());
        assertThat(new HttpSettings(Environment.DEV, unset, NO_ISSUER).allowPrivateAddresses())
                .isTrue();
        assertThat(new HttpSettings(Environment.STAGING, unset, NO_ISSUER).allowPrivateAddresses())
                .isFalse();
        assertThat(new HttpSettings(Environment.STAGING, unset, NO_ISSUER).checkContracts())
                .isTrue();
    }
}
