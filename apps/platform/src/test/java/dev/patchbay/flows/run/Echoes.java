package dev.patchbay.flows.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.kernel.Hashing;
import dev.patchbay.kernel.Json;
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
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** HighLevel's webhooks about contacts of the demo, signed as HighLevel signs them. */
final class Echoes {

    private Echoes() {}

    /** Delivers the webhook of a contact that a person created. */
    static void contactCreated(String id, String lastName) {
        String body = Json.write(Json.object()
                .put("type", "ContactCreate")
                .put(
                        "locationId",
                        TestEnvironment.dev().at("/clients/0/locationId").asString())
                .put("id", id)
                .put("lastName", lastName)
                .put("webhookId", UUID.randomUUID().toString())
                .put("timestamp", Instant.now().toString()));
        assertThat(deliver(body).status()).isEqualTo(202);
    }

    private static TestEnvironment.Reply deliver(String body) {
        JsonNode highLevel = TestEnvironment.dev().at("/connections/highlevel");
        String base64 = highLevel.path("secret").asString().replaceAll("-----(BEGIN|END) PRIVATE KEY-----|\\s", "");
        try {
            Signature ed25519 = Signature.getInstance("Ed25519");
            ed25519.initSign(KeyFactory.getInstance("Ed25519")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64))));
            ed25519.update(Hashing.utf8(body));
            return TestEnvironment.send(TestEnvironment.request(
                            URI.create(highLevel.path("ingressUrl").asString()))
                    .header("Content-Type", "application/json")
                    .header("X-GHL-Signature", Base64.getEncoder().encodeToString(ed25519.sign()))
                    .POST(HttpRequest.BodyPublishers.ofString(body)));
        } catch (GeneralSecurityException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    /** Creates an active flow of the demo client that starts for one contact only. */
    static String flow(String name, String type, String origin, String lastName, String task) {
        String file = """
                document: { dsl: 1.0.3, namespace: acme, name: %s, version: 1.0.0 }
                schedule:
                  on:
                    one:
                      with: { type: %s, %sdata: "${ .contact.lastName == \\"%s\\" }" }
                do:
                  - only:
                      %s
                """.formatted(name.toLowerCase(Locale.ROOT), type, origin, lastName, task);
        var created = TestEnvironment.post("/api/v1/flows", "application/yaml", file);
        assertThat(created.status()).as(created.body().toString()).isEqualTo(201);
        String id = created.body().path("id").asString();
        TestEnvironment.post("/api/v1/flows/" + id + "/promote", Json.object());
        TestEnvironment.put("/api/v1/flows/" + id + "/clients/"
                + TestEnvironment.dev().at("/clients/0/id").asString());
        return id;
    }

    static JsonNode contactEvent(String contact) {
        return await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> items("subject=" + contact + "&type=crm.contact.created"),
                        found -> found.size() == 1
                                && found.get(0).path("status").asString().equals("done"))
                .get(0);
    }

    static List<JsonNode> items(String query) {
        return StreamSupport.stream(
                        TestEnvironment.get("/api/v1/events?" + query)
                                .body()
                                .path("items")
                                .spliterator(),
                        false)
                .toList();
    }
}
