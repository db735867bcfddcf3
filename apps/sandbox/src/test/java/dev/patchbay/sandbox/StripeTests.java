package dev.patchbay.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class StripeTests {

    private static final String INVOICE = "{\"id\": \"in_1\", \"object\": \"invoice\", \"customer\": \"cus_1\"}";

    private Scene scene;

    @BeforeEach
    void open(@TempDir Path folder) {
        scene = Scene.open(folder);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    private JsonNode tell(String more) {
        return scene.control("POST", "/stripe/events", "{\"type\": \"invoice.paid\", " + more + "}");
    }

    private JsonNode api(String path, String authorization) {
        return Scene.json(scene.send("GET", "/stripe" + path, "", "Authorization", authorization));
    }

    @Test
    void tellsTheEndpointWithASignatureThatIsMadeAnewForEachAttempt() {
        scene.listener.answerNext(500);
        JsonNode told = tell("\"data\": " + INVOICE);

        assertThat(told.at("/deliveries/0/state").asString()).isEqualTo("retrying");
        await().untilAsserted(() -> assertThat(scene.listener.heard()).hasSize(2));
        assertThat(scene.listener.heard()).allSatisfy(heard -> {
            assertThat(heard.path()).isEqualTo("/stripe");
            assertThat(heard.headers().getFirst("Stripe-Signature"))
                    .isEqualTo(Signatures.stripe(
                            "whsec_1", heard.body(), scene.clock.instant().getEpochSecond()));
            assertThat(heard.json().at("/data/object/customer").asString()).isEqualTo("cus_1");
            assertThat(heard.json().path("id")).isEqualTo(told.path("eventId"));
        });
    }

    @Test
    void signsAsStripeDoes() {
        assertThat(Signatures.stripe("whsec_test", "{\"id\":\"evt_test\",\"object\":\"event\"}", 1_700_000_000L))
                .isEqualTo("t=1700000000,v1=c25fec335f20601dcb662f0e7c4944646158a9324bb6ed8b7f6ab126449f507a");
    }

    @Test
    void tellsAKnownEventAgainAsItWas() {
        tell("\"id\": \"evt_1\", \"data\": {\"object\": " + INVOICE
                + ", \"previous_attributes\": {\"status\": \"open\"}}");
        tell("\"id\": \"evt_1\"");

        assertThat(scene.listener.heard()).hasSize(2);
        assertThat(scene.listener.heard().get(1).body())
                .isEqualTo(scene.listener.heard().get(0).body())
                .contains("previous_attributes");
        assertThat(scene.state().at("/stripe/events")).hasSize(1);
    }

    @Test
    void readsItsEventsToTheirOwner() {
        String first = Json.text(tell("\"data\": " + INVOICE), "eventId");
        String second = Json.text(tell("\"data\": " + INVOICE), "eventId");
        String basic = "Basic " + Base64.getEncoder().encodeToString("sk_test_1:".getBytes(StandardCharsets.UTF_8));

        assertThat(api("/v1/events/" + first, "Bearer sk_test_1").path("id").asString())
                .isEqualTo(first);
        JsonNode page = api("/v1/events?limit=1", basic);
        assertThat(page.path("has_more").asBoolean()).isTrue();
        assertThat(page.at("/data/0/id").asString()).isEqualTo(second);
        assertThat(api("/v1/events?starting_after=" + second, basic)
                        .at("/data/0/id")
                        .asString())
                .isEqualTo(first);
        assertThat(api("/v1/events/evt_none", basic).at("/error/type").asString())
                .isEqualTo("invalid_request_error");
        assertThat(api("/v1/events", "Bearer other").at("/error/message").asString())
                .contains("API Key");
        scene.arm("stripe", "events.list", "500", 1);
        assertThat(api("/v1/events", basic).at("/error/type").asString()).isEqualTo("api_error");
    }

    @Test
    void needsATypeAndAnAccountAndMayHaveNoEndpoint() {
        assertThat(scene.send("POST", "/_sandbox/stripe/events", "{}").statusCode())
                .isEqualTo(400);
        assertThat(scene.send("POST", "/_sandbox/stripe/events", "{\"type\": \"a.b\", \"apiKey\": \"sk_2\"}")
                        .statusCode())
                .isEqualTo(400);
        scene.send("PUT", "/_sandbox/accounts", "{\"stripe\": {\"apiKey\": \"sk_2\"}}");
        assertThat(tell("\"apiKey\": \"sk_2\", \"data\": {}").path("deliveries"))
                .isEmpty();
        assertThat(tell("\"apiKey\": \"sk_test_1\", \"data\": {}").path("deliveries"))
                .hasSize(1);
        assertThat(api("/v1/events", "Bearer sk_2").path("data")).hasSize(1);
    }
}
