package dev.patchbay.idempotency.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.iam.tokens.ServiceTokens;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.TestEnvironment;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** A repeated POST with its key gets the same response and has no further effect. */
@PatchbayTest
class IdempotencyTests {

    private static final String RUN = "{\"clientId\":\"cli_northside\",\"input\":{\"who\":\"Ada\"}}";

    @Autowired
    private ServiceTokens tokens;

    @Test
    void theSameRequestGetsTheSameResponse() {
        String key = UUID.randomUUID().toString();
        String path = run();

        var first = post(path, key, RUN);
        var again = post(path, "\"" + key + "\"", RUN);

        assertThat(first.status()).as(first.body().toString()).isEqualTo(202);
        assertThat(first.headers().firstValue("Idempotency-Replayed")).isEmpty();
        assertThat(again.status()).isEqualTo(202);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.headers().firstValue("Idempotency-Replayed")).contains("true");
        assertThat(again.headers().firstValue("Content-Type"))
                .isEqualTo(first.headers().firstValue("Content-Type"));
        assertThat(post(path, UUID.randomUUID().toString(), RUN).body()).isNotEqualTo(first.body());
    }

    @Test
    void anotherRequestWithTheSameKeyIsRejected() {
        String key = UUID.randomUUID().toString();
        String path = run();
        post(path, key, RUN);

        for (var other : new TestEnvironment.Reply[] {
            post(path, key, RUN.replace("Ada", "Grace")), post(path + "?x=1", key, RUN), post("/api/v1/flows", key, RUN)
        }) {
            assertThat(other.status()).isEqualTo(409);
            assertThat(other.body().path("code").asString()).isEqualTo("409.idempotency_conflict");
        }
    }

    @Test
    void twentyConcurrentRequestsStartOneRun() throws Exception {
        String key = UUID.randomUUID().toString();
        String path = run();
        var runs = new ArrayList<String>();
        try (var crowd = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var answer : IntStream.range(0, 20)
                    .mapToObj(i -> crowd.submit(() -> post(path, key, RUN)))
                    .toList()) {
                var reply = answer.get();
                if (reply.status() == 409) {
                    assertThat(reply.body().path("code").asString()).isEqualTo("409.idempotency_in_progress");
                    assertThat(reply.headers().firstValue("Retry-After")).contains("1");
                } else {
                    runs.add(reply.body().path("runId").asString());
                }
            }
        }

        assertThat(runs)
                .isNotEmpty()
                .containsOnly(post(path, key, RUN).body().path("runId").asString());
    }

    @Test
    void aFinalErrorIsReplayed() {
        String key = UUID.randomUUID().toString();

        var first = post("/api/v1/flows/flw_none/promote", key, "");
        var again = post("/api/v1/flows/flw_none/promote", key, "");

        assertThat(first.status()).isEqualTo(404);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(again.headers().firstValue("Idempotency-Replayed")).contains("true");
    }

    @Test
    void aKeyBelongsToTheTokenThatSentIt() {
        String key = UUID.randomUUID().toString();
        String path = run();
        post(path, key, RUN);
        String other = tokens.issue(new TenantId("tnt_demo"), "other", Set.of());

        var answer = post(path, key, RUN, other);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(post(path, key, RUN, other).headers().firstValue("Idempotency-Replayed"))
                .as("a 403 is not final")
                .isEmpty();
        assertThat(post(path, key, RUN, "pbt_unknown").status()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"two words", "\"open", "\"in\"ner\"", "", "\"\""})
    void anInvalidKeyIsRejected(String key) {
        assertThat(post("/api/v1/flows/flw_none/promote", key, "")
                        .body()
                        .path("code")
                        .asString())
                .isEqualTo("400.malformed_request");
    }

    @Test
    void aKeyHasAtMost255CharactersAndIsSentOnce() {
        assertThat(post("/api/v1/flows/flw_none/promote", "k".repeat(255), "").status())
                .isEqualTo(404);
        assertThat(post("/api/v1/flows/flw_none/promote", "k".repeat(256), "").status())
                .isEqualTo(400);
        var twice = request(
                        "/api/v1/flows/flw_none/promote",
                        "a",
                        TestEnvironment.dev().path("token").asString())
                .header("Idempotency-Key", "b")
                .POST(HttpRequest.BodyPublishers.noBody());
        assertThat(TestEnvironment.send(twice).status()).isEqualTo(400);
    }

    @Test
    void aBodyThatIsTooLargeIsRejectedAsUsual() {
        var body = HttpRequest.BodyPublishers.fromPublisher(
                HttpRequest.BodyPublishers.ofByteArray(new byte[(1 << 20) + 1]));
        var answer = TestEnvironment.send(request(
                        "/api/v1/flows",
                        UUID.randomUUID().toString(),
                        TestEnvironment.dev().path("token").asString())
                .header("Content-Type", "application/yaml")
                .POST(body));

        assertThat(answer.status()).isEqualTo(413);
    }

    @Test
    void otherMethodsAndPathsIgnoreKeys() {
        String token = TestEnvironment.dev().path("token").asString();
        for (int i = 0; i < 2; i++) {
            var read =
                    TestEnvironment.send(request("/api/v1/flows", "same", token).GET());
            assertThat(read.headers().firstValue("Idempotency-Replayed")).isEmpty();
        }
        var webhook = TestEnvironment.send(
                request("/ingress/retell/nobody", "two words", token).POST(HttpRequest.BodyPublishers.ofString("{}")));
        assertThat(webhook.body().path("code").asString()).isNotEqualTo("400.malformed_request");
    }

    /** The address that starts runs of a flow that does nothing outside. */
    private static String run() {
        var created = TestEnvironment.post("/api/v1/flows", "application/yaml", """
                document: { dsl: 1.0.3, namespace: acme, name: keyed-%s, version: 1.0.0 }
                do:
                  - only:
                      set: { heard: true }
                """.formatted(UUID.randomUUID()));
        assertThat(created.status()).as(created.body().toString()).isEqualTo(201);
        return "/api/v1/flows/" + created.body().path("id").asString() + "/run";
    }

    private static TestEnvironment.Reply post(String path, String key, String body) {
        return post(path, key, body, TestEnvironment.dev().path("token").asString());
    }

    private static TestEnvironment.Reply post(String path, String key, String body, String token) {
        return TestEnvironment.send(request(path, key, token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static HttpRequest.Builder request(String path, String key, String token) {
        return TestEnvironment.request(URI.create("http://127.0.0.1:" + TestEnvironment.PORT + path))
                .header("Authorization", "Bearer " + token)
                .header("Idempotency-Key", key);
    }
}
