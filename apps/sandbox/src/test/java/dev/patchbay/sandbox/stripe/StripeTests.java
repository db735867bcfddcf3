package dev.patchbay.sandbox.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.sandbox.SandboxFixture;
import dev.patchbay.sandbox.core.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Events over the control API, the webhook and the API. */
class StripeTests {

    private static final String INVOICE = "{\"id\": \"in_1\", \"object\": \"invoice\", \"customer\": \"cus_1\"}";

    private SandboxFixture sandbox;

    @BeforeEach
    void open(@TempDir Path folder) {
        sandbox = SandboxFixture.open(folder);
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    private JsonNode sendEvent(String members) {
        return sandbox.control("POST", "/stripe/events", "{\"type\": \"invoice.paid\", " + members + "}");
    }

    private JsonNode api(String path, String authorization) {
        return SandboxFixture.json(sandbox.send("GET", "/stripe" + path, "", "Authorization", authorization));
    }

    @Test
    void signsEachAttemptAnew() {
        sandbox.receiver.respondNext(500);
        JsonNode result = sendEvent("\"data\": " + INVOICE);

        assertThat(result.at("/deliveries/0/state").asString()).isEqualTo("retrying");
        await().untilAsserted(() -> assertThat(sandbox.receiver.requests()).hasSize(2));
        assertThat(sandbox.receiver.requests()).allSatisfy(request -> {
            assertThat(request.path()).isEqualTo("/stripe");
            assertThat(request.headers().getFirst("Stripe-Signature"))
                    .isEqualTo(StripeSignature.sign(
                            "whsec_1", request.body(), sandbox.clock.instant().getEpochSecond()));
            assertThat(request.json().at("/data/object/customer").asString()).isEqualTo("cus_1");
            assertThat(request.json().path("id")).isEqualTo(result.path("eventId"));
        });
    }

    @Test
    void matchesStripesSignature() {
        assertThat(StripeSignature.sign("whsec_test", "{\"id\":\"evt_test\",\"object\":\"event\"}", 1_700_000_000L))
                .isEqualTo("t=1700000000,v1=c25fec335f20601dcb662f0e7c4944646158a9324bb6ed8b7f6ab126449f507a");
    }

    @Test
    void sendsAnExistingEventAgainUnchanged() {
        sendEvent("\"id\": \"evt_1\", \"data\": {\"object\": " + INVOICE
                + ", \"previous_attributes\": {\"status\": \"open\"}}");
        sendEvent("\"id\": \"evt_1\"");

        assertThat(sandbox.receiver.requests()).hasSize(2);
        assertThat(sandbox.receiver.requests().get(1).body())
                .isEqualTo(sandbox.receiver.requests().get(0).body())
                .contains("previous_attributes");
        assertThat(sandbox.state().at("/stripe/events")).hasSize(1);
    }

    @Test
    void returnsEventsToTheirAccountOnly() {
        String first = Json.text(sendEvent("\"data\": " + INVOICE), "eventId");
        String second = Json.text(sendEvent("\"data\": " + INVOICE), "eventId");
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
        sandbox.armFault("stripe", "events.list", "500", 1);
        assertThat(api("/v1/events", basic).at("/error/type").asString()).isEqualTo("api_error");
    }

    @Test
    void anEventNeedsATypeAndAnAccountButNoEndpoint() {
        assertThat(sandbox.send("POST", "/_sandbox/stripe/events", "{}").statusCode())
                .isEqualTo(400);
        assertThat(sandbox.send("POST", "/_sandbox/stripe/events", "{\"type\": \"a.b\", \"apiKey\": \"sk_2\"}")
                        .statusCode())
                .isEqualTo(400);
        sandbox.send("PUT", "/_sandbox/accounts", "{\"stripe\": {\"apiKey\": \"sk_2\"}}");
        assertThat(sendEvent("\"apiKey\": \"sk_2\", \"data\": {}").path("deliveries"))
                .isEmpty();
        assertThat(sendEvent("\"apiKey\": \"sk_test_1\", \"data\": {}").path("deliveries"))
                .hasSize(1);
        assertThat(api("/v1/events", "Bearer sk_2").path("data")).hasSize(1);
    }
}
