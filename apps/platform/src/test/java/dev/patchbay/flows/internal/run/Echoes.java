package dev.patchbay.flows.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.kernel.Json;
import dev.patchbay.testing.World;
import java.net.URI;
import java.net.http.HttpRequest;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** What HighLevel tells of the demo's contacts, signed as it signs. */
final class Echoes {

    private Echoes() {}

    /** Somebody made a contact there. */
    static void contactCreated(String id, String lastName) {
        String body = Json.write(Json.object()
                .put("type", "ContactCreate")
                .put("locationId", World.dev().at("/clients/0/locationId").asString())
                .put("id", id)
                .put("lastName", lastName)
                .put("webhookId", UUID.randomUUID().toString())
                .put("timestamp", Instant.now().toString()));
        assertThat(deliver(body).status()).isEqualTo(202);
    }

    private static World.Reply deliver(String body) {
        JsonNode highLevel = World.dev().at("/connections/highlevel");
        String base64 = highLevel.path("secret").asString().replaceAll("-----(BEGIN|END) PRIVATE KEY-----|\\s", "");
        try {
            Signature ed25519 = Signature.getInstance("Ed25519");
            ed25519.initSign(KeyFactory.getInstance("Ed25519")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64))));
            ed25519.update(Json.utf8(body));
            return World.send(
                    World.request(URI.create(highLevel.path("ingressUrl").asString()))
                            .header("Content-Type", "application/json")
                            .header("X-GHL-Signature", Base64.getEncoder().encodeToString(ed25519.sign()))
                            .POST(HttpRequest.BodyPublishers.ofString(body)));
        } catch (GeneralSecurityException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
