package dev.patchbay.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.kernel.Hashing;
import dev.patchbay.kernel.Json;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.TestEnvironment;
import java.net.URI;
import java.net.http.HttpRequest;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Webhooks of the sandbox's HighLevel are stored for the client of their location. */
@PatchbayTest
class HighLevelIngressTests {

    private static JsonNode client() {
        return TestEnvironment.dev().at("/clients/0");
    }

    private static ObjectNode message() {
        return Json.object()
                .put("locationId", client().path("locationId").asString())
                .put("contactId", "contact_" + UUID.randomUUID())
                .put("body", "Hello");
    }

    private static JsonNode events(String subject) {
        return TestEnvironment.get("/api/v1/events?subject=" + subject).body().path("items");
    }

    private static TestEnvironment.Reply deliver(String body) throws GeneralSecurityException {
        JsonNode highLevel = TestEnvironment.dev().at("/connections/highlevel");
        String base64 = highLevel.path("secret").asString().replaceAll("-----(BEGIN|END) PRIVATE KEY-----|\\s", "");
        Signature ed25519 = Signature.getInstance("Ed25519");
        ed25519.initSign(KeyFactory.getInstance("Ed25519")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64))));
        ed25519.update(Hashing.utf8(body));
        return TestEnvironment.send(
                TestEnvironment.request(URI.create(highLevel.path("ingressUrl").asString()))
                        .header("Content-Type", "application/json")
                        .header("X-GHL-Signature", Base64.getEncoder().encodeToString(ed25519.sign()))
                        .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    @Test
    void aWebhookOfTheSandboxIsStoredForTheLocationsClient() {
        var said = TestEnvironment.sandbox("highlevel/messages", message());

        assertThat(said.at("/deliveries/0/state").asString()).isEqualTo("delivered");
        var event = events(said.at("/message/id").asString()).path(0);
        assertThat(event.path("type").asString()).isEqualTo("crm.message.received");
        assertThat(event.path("clientid")).isEqualTo(client().path("id"));
        assertThat(event.path("origin").asString()).isEqualTo("webhook");
    }

    @Test
    void aWebhookThatTheSandboxDropsIsFoundByPolling() {
        TestEnvironment.sandbox(
                "faults",
                Json.object()
                        .put("provider", "highlevel")
                        .put("operation", "webhook")
                        .put("fault", "drop")
                        .put("times", 1));
        var said = TestEnvironment.sandbox("highlevel/messages", message());
        assertThat(said.path("deliveries")).isEmpty();
        String id = said.at("/message/id").asString();
        assertThat(events(id)).isEmpty();

        var polled = TestEnvironment.post("/api/v1/ingress/polls", Json.object().put("provider", "highlevel"));

        assertThat(polled.status()).isEqualTo(200);
        await().atMost(Duration.ofSeconds(10)).until(() -> !events(id).isEmpty());
        var event = events(id).path(0);
        assertThat(event.path("origin").asString()).isEqualTo("poll");
        assertThat(event.path("source").asString()).isEqualTo("/connections/con_highlevel");
        assertThat(event.path("clientid")).isEqualTo(client().path("id"));
        var days = TestEnvironment.get("/api/v1/ingress/reconciliation?provider=highlevel")
                .body()
                .path("items");
        assertThat(days.at("/0/connectionId").asString()).isEqualTo("con_highlevel");
        assertThat(days.at("/0/missing").asInt()).isZero();
    }

    @Test
    void aWebhookSignedWithTheDemosKeyIsStoredOnce() throws GeneralSecurityException {
        String body = Json.write(Json.object()
                .put("type", "ContactCreate")
                .put("locationId", client().path("locationId").asString())
                .put("id", "contact_1")
                .put("phone", "+14155550123")
                .put("webhookId", UUID.randomUUID().toString())
                .put("timestamp", Instant.now().toString()));
        assertThat(deliver(body).status()).isEqualTo(202);
        assertThat(deliver(body).status()).isEqualTo(200);
    }

    @Test
    void aWebhookOfAnHourAgoIsRejected() throws GeneralSecurityException {
        var late = deliver("{\"type\":\"INSTALL\",\"appId\":\"a\",\"timestamp\":\"2026-01-01T00:00:00Z\"}");
        assertThat(late.status()).isEqualTo(401);
        assertThat(late.body().path("code").asString()).isEqualTo("401.timestamp_skew");
    }
}
