package dev.patchbay.integrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.connections.Connections;
import dev.patchbay.connections.NewConnection;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.Ids;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.PhoneCalls;
import dev.patchbay.testing.SignedWebhooks;
import dev.patchbay.testing.TestEnvironment;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Twilio's and Stripe's webhooks are verified, stored and attributed by the whole platform. */
@PatchbayTest
class ProviderWebhookTests {

    private static final String NORTHSIDE = "cli_northside";

    @Autowired
    private Connections connections;

    private static String dev(String pointer) {
        return TestEnvironment.dev().at("/connections" + pointer).asString();
    }

    private static String newId(String prefix) {
        return prefix + UUID.randomUUID().toString().replace("-", "");
    }

    private static JsonNode event(String type, String subject) {
        return await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> TestEnvironment.get("/api/v1/events?type=" + type + "&subject=" + subject)
                                .body()
                                .at("/items/0"),
                        it -> it.path("status").asString("").equals("done"));
    }

    private static String text(String sid) {
        return "MessageSid=" + sid + "&SmsSid=" + sid + "&AccountSid=AC1&From=%2B14155550177&To=%2B13125550142"
                + "&Body=hi+%26+bye&SmsStatus=received&NumMedia=0&NumSegments=1";
    }

    @Test
    void aMessageIsStoredForTheClientOfItsNumberAndAnsweredWithTwiMl() {
        String sid = newId("SM");
        var first = SignedWebhooks.twilio(dev("/twilio/ingressUrl"), dev("/twilio/secret"), text(sid));
        var again = SignedWebhooks.twilio(dev("/twilio/ingressUrl"), dev("/twilio/secret"), text(sid));

        for (var answer : new SignedWebhooks.Reply[] {first, again}) {
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.contentType()).startsWith("text/xml");
            assertThat(answer.body()).contains("<Response>");
        }
        JsonNode stored = event("message.sms.received", sid);
        assertThat(stored.path("clientid").asString()).isEqualTo(NORTHSIDE);
        assertThat(stored.at("/data/message/text").asString()).isEqualTo("hi & bye");
        assertThat(TestEnvironment.get("/api/v1/events?subject=" + sid).body().path("items"))
                .hasSize(1);
    }

    @Test
    void aForgedMessageIsRefusedAndNotStored() {
        String sid = newId("SM");
        String url = dev("/twilio/ingressUrl");
        String token = dev("/twilio/secret");
        assertThat(SignedWebhooks.twilio(url, "another token", text(sid)).status())
                .isEqualTo(401);
        assertThat(SignedWebhooks.twilio(url, url + "?effect=1", token, text(sid))
                        .status())
                .isEqualTo(401);
        assertThat(SignedWebhooks.twilio(url, url.replace("http:", "https:"), token, text(sid))
                        .status())
                .isEqualTo(401);
        assertThat(SignedWebhooks.twilioJson(url, token, "[]", "[ ]").status()).isEqualTo(401);
        assertThat(TestEnvironment.get("/api/v1/events?subject=" + sid).body().path("items"))
                .isEmpty();
    }

    @Test
    void jsonWebhooksOfTwilioAreStored() {
        String body = "[{\"type\":\"com.twilio.messaging.message.sent\",\"id\":\"" + newId("EZ") + "\"}]";
        assertThat(SignedWebhooks.twilioJson(dev("/twilio/ingressUrl"), dev("/twilio/secret"), body, body)
                        .status())
                .isEqualTo(200);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> TestEnvironment.get("/api/v1/events?type=provider.twilio.event")
                        .body()
                        .toString()
                        .contains("com.twilio.messaging.message.sent"));
    }

    @Test
    void deliveryReceiptsOfABookedCallReachTheirClient() {
        JsonNode run = PhoneCalls.ended(PhoneCalls.place(PhoneCalls.newCaller()));
        assertThat(run.path("status").asString()).isEqualTo("completed");
        String sid = Pattern.compile("SM[0-9a-f]{32}")
                .matcher(run.toString())
                .results()
                .map(MatchResult::group)
                .findFirst()
                .orElseThrow();

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(
                                TestEnvironment.get("/api/v1/events?type=message.sms.status&subject=" + sid)
                                        .body()
                                        .path("items"))
                        .hasSize(2)
                        .allSatisfy(it -> {
                            assertThat(it.path("clientid").asString()).isEqualTo(NORTHSIDE);
                            assertThat(it.path("status").asString()).isEqualTo("done");
                            assertThat(it.at("/data/effectKey").asString())
                                    .startsWith(run.path("id").asString());
                        })
                        .extracting(it -> it.at("/data/message/status").asString())
                        .containsExactlyInAnyOrder("sent", "delivered"));
    }

    @Test
    void theSandboxSendsWebhooksOfMessagesCallsAndPayments() {
        var sms = TestEnvironment.sandbox(
                "sms",
                Json.object()
                        .put("from", "+14155550177")
                        .put("to", "+493055501234")
                        .put("body", "Moin"));
        assertThat(sms.at("/deliveries/0/state").asString()).isEqualTo("delivered");
        assertThat(event("message.sms.received", sms.path("sid").asString())
                        .path("clientid")
                        .asString())
                .isEqualTo("cli_harbor");

        var call = TestEnvironment.sandbox(
                "twilio/calls", Json.object().put("from", "+14155550177").put("to", "+13125550142"));
        assertThat(TestEnvironment.get("/api/v1/events?type=voice.call.status&subject="
                                + call.path("callSid").asString())
                        .body()
                        .path("items"))
                .hasSize(4)
                .allSatisfy(it -> assertThat(it.path("clientid").asString()).isEqualTo(NORTHSIDE));

        var payment = Json.object().put("type", "invoice.paid");
        payment.putObject("data")
                .put("object", "invoice")
                .put("id", newId("in_"))
                .put("customer", "cus_northside")
                .put("currency", "usd")
                .put("amount_paid", 129_900);
        assertThat(TestEnvironment.sandbox("stripe/events", payment)
                        .at("/deliveries/0/state")
                        .asString())
                .isEqualTo("delivered");
        JsonNode paid = event("payment.invoice.paid", payment.at("/data/id").asString());
        assertThat(paid.path("clientid").asString()).isEqualTo(NORTHSIDE);
        assertThat(paid.at("/data/invoice/amountPaid/minorUnits").asInt()).isEqualTo(129_900);
    }

    private static String payout(String id) {
        return "{\"id\":\"" + id + "\",\"object\":\"event\",\"type\":\"payout.paid\",\"data\":{\"object\":{\"id\":\"po_"
                + id + "\",\"object\":\"payout\"}}}";
    }

    @Test
    void anUnknownStripeEventIsVisibleAndBelongsToTheTenant() {
        String id = newId("evt_");
        var first = SignedWebhooks.stripe(dev("/stripe/ingressUrl"), dev("/stripe/secret"), payout(id), Instant.now());
        var again = SignedWebhooks.stripe(dev("/stripe/ingressUrl"), dev("/stripe/secret"), payout(id), Instant.now());
        assertThat(first.status()).isEqualTo(202);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body()).contains("duplicate");
        JsonNode stored = event("provider.stripe.payout_paid", "po_" + id);
        assertThat(stored.has("clientid")).isFalse();
        assertThat(stored.at("/data/payload/id").asString()).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(longs = {-310, 310})
    void aStripeSignatureOutsideTheToleranceIsRejected(long seconds) {
        var answer = SignedWebhooks.stripe(
                dev("/stripe/ingressUrl"),
                dev("/stripe/secret"),
                payout(newId("evt_")),
                Instant.now().plusSeconds(seconds));
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.body()).contains("401.timestamp_skew");
    }

    @Test
    void webhooksSignedWithEitherSecretAreAcceptedDuringARotation() {
        var tenant = new TenantId(TestEnvironment.dev().path("tenantId").asString());
        String key = Ids.next("key", Instant.now());
        connections.register(
                tenant,
                new NewConnection(
                        new ConnectionId("con_stripe_rolled"),
                        "stripe",
                        "Rolled",
                        URI.create("http://127.0.0.1"),
                        Json.object(),
                        Map.of("webhook_secret", "whsec_new", "webhook_secret.previous", "whsec_old"),
                        Optional.of(key)));
        String url = dev("/stripe/ingressUrl").replaceAll("/stripe/.*", "/stripe/" + key);
        for (String secret : new String[] {"whsec_new", "whsec_old"}) {
            assertThat(SignedWebhooks.stripe(url, secret, payout(newId("evt_")), Instant.now())
                            .status())
                    .isEqualTo(202);
        }
        assertThat(SignedWebhooks.stripe(url, dev("/stripe/secret"), payout(newId("evt_")), Instant.now())
                        .status())
                .isEqualTo(401);
    }
}
