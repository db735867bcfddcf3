package dev.patchbay.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.connections.Connections;
import dev.patchbay.connections.NewConnection;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.Json;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.TestEnvironment;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Twilio's messages and OpenRouter's activity become usage, once their cost is known. */
@PatchbayTest
class ProviderUsageTests {

    private static final String NUMBER = "+15005550077";

    @Autowired
    private ApplicationContext application;

    private UsageFixture agency;
    private String sid;

    @BeforeEach
    void setUp() {
        agency = new UsageFixture(application);
        sid = "AC" + Integer.toHexString(agency.mark.hashCode()) + "0000000000000000000000001";
    }

    private Connections connections() {
        return application.getBean(Connections.class);
    }

    private void register(String id, String provider, ObjectNode settings, String secret, String value) {
        connections()
                .register(
                        agency.tenant,
                        new NewConnection(
                                new ConnectionId(id),
                                provider,
                                id,
                                URI.create(TestEnvironment.SANDBOX.address() + "/" + provider),
                                settings,
                                Map.of(secret, value),
                                Optional.empty()));
    }

    private void twilioAccount(int lagSeconds) {
        ObjectNode account =
                Json.object().put("accountSid", sid).put("authToken", "token").put("priceLagSeconds", lagSeconds);
        account.putArray("numbers").add(NUMBER);
        UsageFixture.putAccount("twilio", account);
    }

    private String sendText() {
        String basic = Base64.getEncoder().encodeToString((sid + ":token").getBytes(StandardCharsets.UTF_8));
        return TestEnvironment.send(TestEnvironment.request(TestEnvironment.SANDBOX
                                .address()
                                .resolve("/twilio/2010-04-01/Accounts/" + sid + "/Messages.json"))
                        .header("Authorization", "Basic " + basic)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString("To=%2B14155550123&From=%2B15005550077&Body=Hello")))
                .body()
                .path("sid")
                .asString();
    }

    private static void setPrice(String message, ObjectNode price) {
        TestEnvironment.sandbox("twilio/messages/" + message + "/price", price);
    }

    private JsonNode collect(String provider) {
        return agency.send("POST", "usage/collect/" + provider, agency.token())
                .body()
                .path("items")
                .valueStream()
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aMessageHasNoUsageBeforeItsPriceIsKnown() {
        agency.putClient("a", "UTC");
        twilioAccount(3600);
        register("con_texts", "twilio", Json.object().put("accountSid", sid), "auth_token", "token");
        connections().mapRoute(agency.tenant, new ConnectionId("con_texts"), "number", NUMBER, agency.client("a"));
        sendText();
        JsonNode early = collect("twilio");
        assertThat(early.path("pending").asInt()).isEqualTo(1);
        assertThat(early.path("fresh").asInt()).isZero();

        twilioAccount(0);

        await().atMost(Duration.ofSeconds(10))
                .until(() -> collect("twilio").path("fresh").asInt() == 1);
        String today = LocalDate.now(ZoneOffset.UTC).toString();
        String yesterday = LocalDate.now(ZoneOffset.UTC).minusDays(1).toString();
        JsonNode products = agency.sums("product", yesterday, today);
        assertThat(products.at("/sms_outbound/cost/amount").asString()).isEqualTo("0.0083");
        assertThat(agency.sums("client", yesterday, today).propertyNames())
                .containsExactly(agency.client("a").value());
        assertThat(collect("twilio").path("fresh").asInt()).isZero();
    }

    @Test
    void messagesWithoutCurrencyOrWithACreditAreRejected() {
        twilioAccount(0);
        register("con_texts", "twilio", Json.object().put("accountSid", sid), "auth_token", "token");
        String free = sendText();
        setPrice(free, Json.object().put("price", "-0.01").putNull("price_unit"));
        setPrice(sendText(), Json.object().put("price", "0.01").put("price_unit", "USD"));
        setPrice(sendText(), Json.object().put("price", "much").put("price_unit", "USD"));

        assertThat(collect("twilio").path("failed").asInt()).isEqualTo(3);

        assertThat(agency.get("usage/rejections")
                        .path("items")
                        .valueStream()
                        .map(it -> it.path("code").asString()))
                .containsExactlyInAnyOrder("currency_missing", "negative_cost", "malformed");
        setPrice(free, Json.object().put("price", "-0.02").put("price_unit", "USD"));
        assertThat(collect("twilio").path("fresh").asInt()).isEqualTo(1);
        assertThat(agency.get("usage/rejections").path("items")).hasSize(2);
    }

    @Test
    void activityOfCompletedDaysIsCollectedByDay() {
        UsageFixture.putAccount("openrouter", Json.object().put("apiKey", agency.key()));
        register("con_models", "openrouter", Json.object(), "api_key", agency.key());
        Instant now = Instant.now();
        for (int days : new int[] {0, 1, 1, 3, 40}) {
            TestEnvironment.sandbox(
                    "openrouter/generations",
                    Json.object()
                            .put("apiKey", agency.key())
                            .put("cost", "0.000125")
                            .put("at", now.minus(Duration.ofDays(days)).toString()));
        }

        assertThat(collect("openrouter").path("fresh").asInt()).isEqualTo(2);

        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        JsonNode days = agency.sums("day", today.minusDays(30).toString(), today.toString());
        assertThat(days.at("/" + today.minusDays(1) + "/cost/amount").asString())
                .isEqualTo("0.00025");
        assertThat(days.at("/" + today.minusDays(3) + "/cost/amount").asString())
                .isEqualTo("0.000125");
        assertThat(collect("openrouter").path("fresh").asInt()).isZero();
    }

    @Test
    void aProviderThatRefusesIsUnavailable() {
        twilioAccount(0);
        register("con_texts", "twilio", Json.object().put("accountSid", sid), "auth_token", "wrong");
        assertThat(collect("twilio").path("detail").asString()).contains("401");
        register("con_models", "openrouter", Json.object(), "api_key", "nobody");
        assertThat(collect("openrouter").path("detail").asString()).contains("401", "management key");
    }
}
