package dev.patchbay.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.connections.Sealing;
import dev.patchbay.kernel.Hashing;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.DatabaseOwner;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.TestEnvironment;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@PatchbayTest
class WebhookTests {

    @Autowired
    private Tenancy tenancy;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private MeterRegistry meters;

    @Autowired
    private DatabaseOwner databaseOwner;

    @Autowired
    private Sealing sealing;

    @Test
    void aSignedWebhookIsStoredBeforeItIsAnswered() {
        String body = Json.write(Webhooks.callEnded(Webhooks.newCallId()));

        var answer = Webhooks.deliver(body);

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.body().path("status").asString()).isEqualTo("accepted");
        String event = answer.body().path("eventId").asString();
        assertThat(TestEnvironment.get("/api/v1/events/" + event).body().path("correlationid"))
                .isEqualTo(answer.body().path("correlationId"));
        assertThat(answer.headers().firstValue("X-Correlation-Id"))
                .contains(answer.body().path("correlationId").asString());
        var raw = tenancy.inTenant(
                tenant(),
                () -> jdbc.sql(
                                "SELECT body, headers->>'x-retell-signature' AS signature FROM patchbay.ingress_raw WHERE event_id = ?")
                        .param(event)
                        .query()
                        .singleRow());
        byte[] resting = (byte[]) Objects.requireNonNull(raw.get("body"));
        assertThat(new String(resting, StandardCharsets.ISO_8859_1)).doesNotContain("call_ended");
        assertThat(sealing.open(tenant(), "raw/" + event, resting)).isEqualTo(Hashing.utf8(body));
        assertThatThrownBy(() -> sealing.open(tenant(), "raw/another", resting))
                .isInstanceOf(IllegalStateException.class);
        assertThat(raw.get("signature")).asString().startsWith("v=");
    }

    @Test
    void aDuplicateIsAnsweredWithTheFirstOnesIds() {
        var body = Webhooks.callEnded(Webhooks.newCallId());
        var first = Webhooks.deliver(body).body();

        var second = Webhooks.deliver(body);

        assertThat(second.status()).isEqualTo(200);
        assertThat(second.body().path("status").asString()).isEqualTo("duplicate");
        assertThat(second.body().path("eventId")).isEqualTo(first.path("eventId"));
        assertThat(second.body().path("correlationId")).isEqualTo(first.path("correlationId"));
    }

    @Test
    void twoHundredIdenticalWebhooksAtOnceMakeOneEvent() throws Exception {
        String callId = Webhooks.newCallId();
        String body = Json.write(Webhooks.callEnded(callId));
        var events = new HashSet<String>();
        var statuses = new HashSet<Integer>();
        try (var crowd = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = IntStream.range(0, 200)
                    .mapToObj(i -> crowd.submit(() -> Webhooks.deliver(body)))
                    .toList();
            for (var answer : answers) {
                events.add(answer.get().body().path("eventId").asString());
                statuses.add(answer.get().status());
            }
        }
        assertThat(statuses).containsExactlyInAnyOrder(200, 202);
        assertThat(events).hasSize(1);
        assertThat(TestEnvironment.get("/api/v1/events?subject=" + callId)
                        .body()
                        .path("items"))
                .hasSize(1);
    }

    @Test
    void anInvalidSignatureAnUnknownKeyAndAnUnknownProviderAreAnsweredAlike() {
        String body = Json.write(Webhooks.callEnded(Webhooks.newCallId()));
        var forged = TestEnvironment.send(Webhooks.signed(Webhooks.address(), body, Duration.ZERO)
                .setHeader("x-retell-signature", Webhooks.signature(body + " ", Duration.ZERO)));
        var unsigned = TestEnvironment.send(TestEnvironment.request(Webhooks.address())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
        var unknownKey = TestEnvironment.send(Webhooks.signed(ingress("retell/nobody"), body, Duration.ZERO));
        var unknownKeyLate =
                TestEnvironment.send(Webhooks.signed(ingress("retell/nobody"), body, Duration.ofHours(-1)));
        var unknownProvider = TestEnvironment.send(Webhooks.signed(ingress("acme/nobody"), body, Duration.ZERO));

        for (var answer : new TestEnvironment.Reply[] {forged, unsigned, unknownKey, unknownKeyLate, unknownProvider}) {
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.body().path("code").asString()).isEqualTo("401.signature_invalid");
            assertThat(answer.body().path("detail")).isEqualTo(forged.body().path("detail"));
        }
        assertThat(meters.counter("ingress.requests", "provider", "unknown", "outcome", "signature_invalid")
                        .count())
                .isPositive();
        assertThat(meters.counter("ingress.requests", "provider", "retell", "outcome", "signature_invalid")
                        .count())
                .isPositive();
        assertThat(meters.find("ingress.requests").tag("provider", "acme").counter())
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(longs = {-301, 301})
    void aValidSignatureOutsideTheToleranceIsExpired(long seconds) {
        String body = Json.write(Webhooks.callEnded(Webhooks.newCallId()));

        var answer = TestEnvironment.send(Webhooks.signed(Webhooks.address(), body, Duration.ofSeconds(seconds)));

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.body().path("code").asString()).isEqualTo("401.timestamp_skew");
    }

    @Test
    void aBodyOverFourMebibytesIsRejectedWithAndWithoutContentLength() {
        byte[] large = new byte[(4 << 20) + 1];
        var announced = TestEnvironment.send(TestEnvironment.request(Webhooks.address())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(large)));
        var chunked = TestEnvironment.send(TestEnvironment.request(Webhooks.address())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large))));

        assertThat(announced.status()).isEqualTo(413);
        assertThat(chunked.status()).isEqualTo(413);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "json", "application/cloudevents+json"})
    void anotherContentTypeIsRejected(String type) {
        var answer = TestEnvironment.send(TestEnvironment.request(Webhooks.address())
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString("{}")));

        assertThat(answer.status()).isEqualTo(415);
    }

    @Test
    void aCharsetIsAcceptedAndACompressedOrUntypedBodyIsRejected() {
        String body = Json.write(Webhooks.callEnded(Webhooks.newCallId()));
        var charset = TestEnvironment.send(
                Webhooks.signed(URI.create(Webhooks.address() + "?from=retell"), body, Duration.ZERO)
                        .setHeader("Content-Type", "application/json; charset=utf-8"));
        var compressed = TestEnvironment.send(
                Webhooks.signed(Webhooks.address(), body, Duration.ZERO).header("Content-Encoding", "gzip"));
        var untyped = TestEnvironment.send(
                TestEnvironment.request(Webhooks.address()).POST(HttpRequest.BodyPublishers.ofString(body)));

        assertThat(charset.status()).isEqualTo(202);
        assertThat(compressed.status()).isEqualTo(415);
        assertThat(untyped.status()).isEqualTo(415);
    }

    @Test
    void theProblemOfAnUnreadableBodyNamesThePlace() {
        assertThat(violation("{\"event\":")
                        .path("problems")
                        .path(0)
                        .path("path")
                        .asString())
                .isEmpty();
        assertThat(violation("{\"event\":\"call_ended\",\"call\":{}}")
                        .at("/problems/0/path")
                        .asString())
                .isEqualTo("/call/call_id");
        var anId = Webhooks.callEnded("not an id");
        assertThat(violation(Json.write(anId)).path("detail").asString()).contains("subject");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\u0000", "\\ud83d", "\\ude00", "\\ude00\\ud83d"})
    void aCharacterThatIsNoneCostsItselfOnly(String escaped) {
        String body = Json.write(Webhooks.callEnded(Webhooks.newCallId()))
                .replace("Agent: hello", "Agent: " + escaped + " hello");

        var answer = Webhooks.deliver(body);

        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(202);
        assertThat(event(answer).at("/data/call/transcript").asString()).matches("Agent: \ufffd+ hello");
    }

    @Test
    void aCallOfAnHourWithTheTimesOfItsWordsIsStored() {
        var body = Webhooks.callEnded(Webhooks.newCallId());
        var call = body.withObject("/call");
        call.put("transcript", "word ".repeat(9_000));
        for (String list : List.of("transcript_object", "transcript_with_tool_calls")) {
            var words = call.putArray(list).addObject().put("role", "agent").putArray("words");
            IntStream.range(0, 10_000)
                    .forEach(i -> words.addObject()
                            .put("word", "appointment ")
                            .put("start", i * 0.4123456)
                            .put("end", i * 0.4123456 + 0.3));
        }
        String large = Json.write(body);
        assertThat(large.length()).isGreaterThan(1_300_000);

        var answer = Webhooks.deliver(large);

        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(202);
        assertThat(event(answer).at("/data/call/transcript").asString()).hasSize(45_000);
    }

    @Test
    void aSecondAnalysisIsKeptAsAnEventOfItsOwn() {
        String callId = Webhooks.newCallId();
        var first = Webhooks.deliver(analysed(callId, "A first summary.", 1)).body();
        var again = Webhooks.deliver(analysed(callId, "A first summary.", 2)).body();
        var second = Webhooks.deliver(analysed(callId, "A second summary.", 3)).body();
        var secondAgain =
                Webhooks.deliver(analysed(callId, "A second summary.", 4)).body();

        assertThat(again.path("eventId")).isEqualTo(first.path("eventId"));
        assertThat(second.path("status").asString()).isEqualTo("accepted");
        assertThat(secondAgain.path("eventId")).isEqualTo(second.path("eventId"));
        assertThat(TestEnvironment.get("/api/v1/events?subject=" + callId)
                        .body()
                        .path("items")
                        .valueStream()
                        .map(event -> event.path("type").asString()))
                .containsExactlyInAnyOrder("voice.call.analyzed", "voice.call.reanalyzed");
    }

    private static JsonNode analysed(String callId, String summary, int cost) {
        var body = Webhooks.callEnded(callId).put("event", "call_analyzed");
        body.withObject("/call/call_analysis").put("call_summary", summary).put("in_voicemail", false);
        body.withObject("/call/call_cost").put("combined_cost", cost);
        return body;
    }

    private static JsonNode event(TestEnvironment.Reply answer) {
        return TestEnvironment.get(
                        "/api/v1/events/" + answer.body().path("eventId").asString())
                .body();
    }

    @Test
    void aFailureToStoreIsAnswered429() throws SQLException {
        var body = Webhooks.callEnded(Webhooks.newCallId());
        asOwner("ALTER TABLE patchbay.ingress_dedup RENAME TO away");
        try {
            var answer = Webhooks.deliver(body);
            assertThat(answer.status()).isEqualTo(429);
            assertThat(answer.body().path("code").asString()).isEqualTo("429.not_stored");
            assertThat(answer.headers().firstValue("Retry-After")).contains("5");
        } finally {
            asOwner("ALTER TABLE patchbay.away RENAME TO ingress_dedup");
        }
        assertThat(Webhooks.deliver(body).status()).isEqualTo(202);
    }

    private static JsonNode violation(String body) {
        var answer = Webhooks.deliver(body);
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(400);
        assertThat(answer.body().path("code").asString()).isEqualTo("400.schema_violation");
        return answer.body();
    }

    private void asOwner(String statement) throws SQLException {
        try (var connection = DriverManager.getConnection(
                        databaseOwner.url(), databaseOwner.user(), databaseOwner.password());
                var execution = connection.createStatement()) {
            execution.execute(statement);
        }
    }

    private static URI ingress(String path) {
        return URI.create("http://127.0.0.1:" + TestEnvironment.PORT + "/ingress/" + path);
    }

    private static TenantId tenant() {
        return new TenantId(TestEnvironment.dev().path("tenantId").asString());
    }
}
