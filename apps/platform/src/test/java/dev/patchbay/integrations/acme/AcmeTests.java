package dev.patchbay.integrations.acme;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.connections.Connections;
import dev.patchbay.connections.NewConnection;
import dev.patchbay.connections.http.TestHttp;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.testing.Forgeries;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.Samples;
import dev.patchbay.testing.Samples.Sample;
import dev.patchbay.testing.SignedWebhooks;
import dev.patchbay.testing.TestEnvironment;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

@PatchbayTest
class AcmeTests {

    private static final String SECRET = "acme-secret";
    private static final String URL = "http://127.0.0.1:" + TestEnvironment.PORT + "/ingress/acmephones/acme-key";

    @Autowired
    private Connections connections;

    @BeforeEach
    void connect() {
        var tenant = new TenantId(TestEnvironment.dev().path("tenantId").asString());
        connections.register(
                tenant,
                new NewConnection(
                        new ConnectionId("con_acme"),
                        "acmephones",
                        "Acme Phones",
                        URI.create("http://127.0.0.1"),
                        Json.object(),
                        Map.of("secret", SECRET),
                        Optional.of("acme-key")));
        connections.mapRoute(
                tenant, new ConnectionId("con_acme"), "agent", "robot-northside", new ClientId("cli_northside"));
    }

    private static Sample sample(String name) {
        return Samples.in(Path.of("src/test/java/dev/patchbay/integrations/acme/samples"), name)
                .getFirst();
    }

    private static SignedWebhooks.Reply send(String secret, Sample sample) {
        return SignedWebhooks.post(
                URL,
                "application/json",
                new String(sample.body(), StandardCharsets.UTF_8),
                "X-Acme-Digest",
                AcmeWebhookVerifier.digest(secret, sample.body()));
    }

    private static JsonNode stored(String type, String subject) {
        return TestEnvironment.get("/api/v1/events?type=" + type + "&subject=" + subject)
                .body()
                .at("/items");
    }

    @Test
    void aFifthProvidersWebhookIsAcceptedOnceAndReachesItsClient() {
        assertThat(send(SECRET, sample("hangup.json")).status()).isIn(200, 202);
        assertThat(send(SECRET, sample("hangup.json")).status()).isEqualTo(200);

        JsonNode ended = stored("voice.call.ended", "acme-call-1");
        assertThat(ended).hasSize(1);
        assertThat(ended.at("/0/clientid").asString()).isEqualTo("cli_northside");
        assertThat(ended.at("/0/data/call/endedAt").asString()).isEqualTo("2026-11-18T11:06:40Z");
    }

    @Test
    void anUnknownEventIsVisible() {
        send(SECRET, sample("whistle.json"));
        assertThat(stored("provider.acmephones.whistle", "acme-call-2")
                        .at("/0/data/payload/tune")
                        .asString())
                .isEqualTo("Bolero");
    }

    @Test
    void forgedWebhooksAreRefused() {
        assertThat(send("another secret", sample("hangup.json")).status()).isEqualTo(401);
        var verifier = new AcmeWebhookVerifier();
        var account = TestHttp.account("acmephones", URI.create(URL), "{}", Map.of("secret", SECRET));
        byte[] body = sample("hangup.json").body();
        Forgeries.of(
                        URL,
                        Map.of("X-Acme-Digest", AcmeWebhookVerifier.digest(SECRET, body)),
                        body,
                        it -> verifier.verify(it, account, Instant.now()))
                .rejectedInBody()
                .rejectedInHeader("X-Acme-Digest")
                .rejectedWithoutHeader("X-Acme-Digest");
    }

    @Test
    void changedSamplesAreNormalisedOrRefused() {
        assertThat(Samples.countReadableMutations(new AcmeNormaliser(), sample("whistle.json"), 50))
                .isPositive();
    }
}
