package dev.patchbay.effects.internal.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.connections.Connections;
import dev.patchbay.connections.http.Window;
import dev.patchbay.effects.spi.CallContext;
import dev.patchbay.effects.spi.SmsDeliveryReceipts;
import dev.patchbay.effects.spi.SmsDeliveryReceipts.Receipt;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.SignedWebhooks;
import dev.patchbay.testing.TestEnvironment;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Finds the owner of a text by stored callbacks and by the ledger. */
@PatchbayTest
class SmsDeliveryReceiptTests {

    private static final TenantId TENANT = new TenantId("tnt_demo");

    @Autowired
    private SmsDeliveryReceipts receipts;

    @Autowired
    private Connections connections;

    @Autowired
    private Tenancy tenancy;

    @Autowired
    private JdbcClient jdbc;

    private final String to = "+1415" + ThreadLocalRandom.current().nextInt(2_000_000, 9_999_999);
    private final String key = "run_" + UUID.randomUUID() + "/confirm/0/0";

    private CallContext callContext(Instant firstClaimedAt) {
        return new CallContext(
                connections.load(TENANT, new ConnectionId("con_twilio")),
                new ClientId("cli_harbor"),
                Json.object(),
                ZoneOffset.UTC,
                Locale.US,
                new CorrelationId("cor_receipts"),
                "run_receipts",
                key,
                firstClaimedAt,
                Window.startingNow(Duration.ofSeconds(1)),
                exchange -> {});
    }

    private void callback(String sid, String status, String query) {
        JsonNode twilio = TestEnvironment.dev().at("/connections/twilio");
        String from = TestEnvironment.dev().at("/clients/0/phone").asString();
        String form = "MessageSid=%s&MessageStatus=%s&To=%s&From=%s&AccountSid=%s"
                .formatted(
                        sid,
                        status,
                        to.replace("+", "%2B"),
                        from.replace("+", "%2B"),
                        twilio.path("accountSid").asString());
        var reply = SignedWebhooks.twilio(
                twilio.path("ingressUrl").asString() + query,
                twilio.path("secret").asString(),
                form);
        assertThat(reply.status()).isBetween(200, 299);
    }

    private String effectParameter() {
        return "?effect=" + key.replace("/", "%2F");
    }

    @Test
    void receiptsNameTheEffectOfATextTheLatestFirst() {
        callback("SM1" + UUID.randomUUID().toString().replace("-", ""), "sent", "");
        callback("SMa", "sent", effectParameter());
        callback("SMa", "delivered", effectParameter());

        assertThat(receipts.findReceipts(callContext(Instant.now()), to))
                .containsExactly(new Receipt("SMa", key, "delivered"), new Receipt("SMa", key, "sent"));
        assertThat(receipts.findReceipts(callContext(Instant.now().plusSeconds(3600)), to))
                .as("what was told before the act is about another")
                .isEmpty();
    }

    @Test
    void callbacksAreReadPageByPage() {
        callback("SMfirst", "sent", effectParameter());
        for (int i = 0; i < 101; i++) {
            callback("SM" + i, "sent", "");
        }

        assertThat(receipts.findReceipts(callContext(Instant.now().minusSeconds(60)), to))
                .containsExactly(new Receipt("SMfirst", key, "sent"));
        assertThat(receipts.findReceipts(callContext(Instant.now().plusSeconds(3600)), to))
                .isEmpty();
    }

    @Test
    void theLedgerNamesTheEffectOfASettledText() {
        insertDoneEffect("SMours");

        assertThat(receipts.findEffectKeys(callContext(Instant.now()), List.of("SMours", "SMother")))
                .isEqualTo(Map.of("SMours", key));
    }

    @Test
    void aSecondTextOfADoneEffectIsOneIncident() {
        insertDoneEffect("SMone");
        callback("SMone", "sent", effectParameter());
        callback("SMtwo", "sent", effectParameter());
        callback("SMtwo", "delivered", effectParameter());
        callback("SMthree", "sent", effectParameter());

        await().untilAsserted(() -> assertThat(incidents())
                .containsExactlyInAnyOrder("[\"SMone\", \"SMtwo\"]", "[\"SMone\", \"SMthree\"]"));
    }

    private List<String> incidents() {
        return tenancy.inTenant(
                TENANT,
                () -> jdbc.sql(
                                "SELECT detail FROM patchbay.effect_incident WHERE tenant_id = 'tnt_demo' AND key = :key")
                        .param("key", key)
                        .query(String.class)
                        .list());
    }

    private void insertDoneEffect(String id) {
        tenancy.inTenant(
                TENANT, () -> jdbc.sql("""
                        INSERT INTO patchbay.effect (tenant_id, key, origin, place, state, digest, attempt, act_until, look_after,
                                                     response, provider_id, settled_at)
                        VALUES ('tnt_demo', :key, 'run_receipts', 'confirm', 'DONE', '', 1, now(), now(),
                                jsonb_build_object('providerId', :id::text), :id, now())""").param("key", key).param("id", id).update());
    }
}
