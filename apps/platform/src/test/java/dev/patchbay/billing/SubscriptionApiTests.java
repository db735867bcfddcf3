package dev.patchbay.billing;

import static dev.patchbay.billing.SubscriptionFixture.START;
import static dev.patchbay.billing.SubscriptionFixture.TIERS;
import static dev.patchbay.billing.SubscriptionFixture.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.kernel.ClientId;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.TestEnvironment;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

/** Subscriptions: frozen terms, no overlap, and refused where they make no sense. */
@PatchbayTest
class SubscriptionApiTests {

    private static final LocalDate TODAY = findToday();

    @Autowired
    private ApplicationContext application;

    private SubscriptionFixture fixture;
    private BillingFixture agency;

    private static LocalDate findToday() {
        return LocalDate.ofInstant(Clock.systemUTC().instant(), ZoneOffset.UTC);
    }

    @BeforeEach
    void prepare() {
        fixture = new SubscriptionFixture(application);
        agency = fixture.agency;
    }

    private JsonNode refuse(int status, String body) {
        return agency.call(status, "POST", "subscriptions", body);
    }

    private static String pointer(JsonNode problem) {
        return problem.at("/problems/0/pointer").asString();
    }

    @Test
    void aSubscriptionKeepsItsTerms() {
        String id = fixture.subscribe(TIERS, START, ", \"anchorDay\": 15, \"taxPercent\": \"19.00\"");
        JsonNode details = agency.get("subscriptions/" + id);

        assertThat(details.at("/subscription/anchorDay").asInt()).isEqualTo(15);
        assertThat(details.at("/subscription/taxPercent").asString()).isEqualTo("19");
        assertThat(details.at("/subscription/currency").asString()).isEqualTo("USD");
        assertThat(details.at("/terms/charges/0/tiers/0/unit").asString()).isEqualTo("0.50");
        assertThat(agency.get("audit?limit=5").path("items").values())
                .extracting(entry -> entry.path("action").asString())
                .contains("subscription.created");
        String plan = details.at("/subscription/planId").asString();
        agency.post("plans/" + plan + "/versions/1/retire", "");
        assertThat(agency.get("subscriptions/" + id)
                        .at("/terms/charges/0/tiers/0/unit")
                        .asString())
                .isEqualTo("0.50");
    }

    @Test
    void subscriptionsAreListedInPagesByClient() {
        String first = fixture.subscribe(TIERS);
        ClientId other = agency.client("b", "UTC");
        String second = agency.post("subscriptions", request(other, fixture.plan("Other", TIERS), START, ""))
                .path("id")
                .asString();

        JsonNode page = agency.get("subscriptions?limit=1");
        assertThat(page.at("/items/0/id").asString()).isEqualTo(first);
        assertThat(agency.get("subscriptions?after=" + page.path("next").asString())
                        .at("/items/0/id")
                        .asString())
                .isEqualTo(second);
        assertThat(agency.get("subscriptions?clientId=" + other).path("items").values())
                .extracting(item -> item.path("id").asString())
                .containsExactly(second);
    }

    @Test
    void overlappingSubscriptionsAreRefused() {
        String id = fixture.subscribe(TIERS);
        String plan = fixture.plan("Next", TIERS);
        LocalDate end = TODAY.plusYears(1);

        assertThat(pointer(refuse(409, request(fixture.client, plan, end, "")))).isEqualTo("/startsOn");
        agency.post("subscriptions/" + id + "/cancel", "{\"endsOn\": \"" + end + "\"}");
        assertThat(pointer(refuse(409, request(fixture.client, plan, end.minusDays(1), ""))))
                .isEqualTo("/startsOn");
        agency.call(201, "POST", "subscriptions", request(fixture.client, plan, end, ""));
    }

    @Test
    void versionsThatCannotBeSubscribedAreRefused() {
        String draft = agency.post("plans", "{\"name\": \"Draft\", \"terms\": " + TIERS + "}")
                .path("id")
                .asString();
        assertThat(pointer(refuse(422, request(fixture.client, draft, START, ""))))
                .isEqualTo("/version");
        assertThat(pointer(refuse(422, request(fixture.client, "pln_0", START, ""))))
                .isEqualTo("/version");
        assertThat(pointer(refuse(422, request(new ClientId("cli_unknown"), draft, START, ""))))
                .isEqualTo("/clientId");

        String later = agency.post(
                        "plans",
                        "{\"name\": \"Later\", \"startsOn\": \"" + TODAY.plusDays(1) + "\", \"terms\": " + TIERS + "}")
                .path("id")
                .asString();
        agency.post("plans/" + later + "/versions/1/approve", "");
        assertThat(pointer(refuse(422, request(fixture.client, later, TODAY, ""))))
                .isEqualTo("/startsOn");
        agency.post(
                "plans/" + draft + "/versions",
                "{\"startsOn\": \"" + TODAY + "\", \"endsOn\": \"" + TODAY.plusDays(9) + "\", \"terms\": " + TIERS
                        + "}");
        agency.post("plans/" + draft + "/versions/2/approve", "");
        for (LocalDate start : new LocalDate[] {TODAY.minusDays(1), TODAY.plusDays(9)}) {
            assertThat(pointer(refuse(
                            422,
                            request(fixture.client, draft, start, "").replace("\"version\": 1", "\"version\": 2"))))
                    .isEqualTo("/startsOn");
        }
    }

    @Test
    void senselessRequestsAreRefusedWithPointers() {
        JsonNode refused = refuse(422, "{\"taxPercent\": \"101\", \"anchorDay\": 32, \"startsOn\": \"1999-01-01\"}");
        assertThat(refused.path("problems").values())
                .extracting(problem -> problem.path("pointer").asString())
                .containsExactlyInAnyOrder(
                        "/clientId", "/planId", "/version", "/startsOn", "/anchorDay", "/taxPercent");
        LocalDate far = TODAY.plusYears(11);
        assertThat(pointer(refuse(422, request(fixture.client, "pln_1", far, ""))))
                .isEqualTo("/startsOn");
        assertThat(pointer(refuse(422, request(fixture.client, "pln_1", START, ", \"taxPercent\": \"1.00001\""))))
                .isEqualTo("/taxPercent");
    }

    @Test
    void aPercentageOfCostsInAnotherCurrencyIsRefused() {
        fixture.call("call_1", 3, 0, 60, "0.10");
        String euros = fixture.plan("Euros", """
                {"currency": "EUR", "charges": [{"key": "passthrough", "model": "percentage", "percent": "135"}]}""");
        JsonNode refused = refuse(422, request(fixture.client, euros, START, ""));
        assertThat(pointer(refused)).isEqualTo("/version");
        assertThat(refused.at("/problems/0/sentence").asString()).contains("voice of this client costs USD");

        String otherProduct = fixture.plan("Product", """
                {"currency": "EUR", "charges": [{"key": "passthrough", "model": "percentage", "percent": "135",
                  "metric": {"of": "cost", "where": {"product": "model"}}}]}""");
        agency.call(201, "POST", "subscriptions", request(fixture.client, otherProduct, START, ""));
        ClientId other = agency.client("c", "UTC");
        String dollars = fixture.plan("Dollars", """
                {"currency": "USD", "charges": [{"key": "passthrough", "model": "percentage", "percent": "135"}]}""");
        fixture.usage.call(other, "call_2", SubscriptionFixture.noon(3, 0), 60, "0.10");
        agency.call(201, "POST", "subscriptions", request(other, dollars, START, ""));
    }

    @Test
    void aSubscriptionEndsOnceAndNotBeforeItsNewestPeriod() {
        String id = fixture.subscribe(TIERS);
        fixture.finalizePeriod(id, 1);
        LocalDate newest = START.plusMonths(3);

        JsonNode early =
                agency.call(409, "POST", "subscriptions/" + id + "/cancel", "{\"endsOn\": \"" + newest + "\"}");
        assertThat(early.path("detail").asString()).contains(newest.plusDays(1).toString());
        agency.post("subscriptions/" + id + "/cancel", "{\"endsOn\": \"" + newest.plusDays(1) + "\"}");
        assertThat(agency.get("subscriptions/" + id).at("/periods/3/endsOn").asString())
                .isEqualTo(newest.plusDays(1).toString());
        agency.call(409, "POST", "subscriptions/" + id + "/cancel", "{\"endsOn\": \"" + newest.plusDays(2) + "\"}");
        agency.call(422, "POST", "subscriptions/" + id + "/cancel", "{}");
        agency.call(404, "POST", "subscriptions/sub_0/cancel", "{\"endsOn\": \"" + newest + "\"}");
        agency.call(404, "GET", "subscriptions/%20", "");
        assertThat(agency.get("audit?limit=5").path("items").values())
                .extracting(entry -> entry.path("action").asString())
                .contains("subscription.ended");
    }

    @Test
    void aClientSeesItsOwnSubscriptionWithoutTerms() {
        String id = fixture.subscribe(TIERS);
        ClientId other = agency.client("b", "UTC");
        String otherToken = fixture.clientToken(other);

        JsonNode seen = TestEnvironment.get("/api/v1/subscriptions/" + id, fixture.clientToken(fixture.client))
                .body();
        assertThat(seen.at("/subscription/id").asString()).isEqualTo(id);
        assertThat(seen.path("terms").isNull()).isTrue();
        assertThat(TestEnvironment.get("/api/v1/subscriptions/" + id, otherToken)
                        .status())
                .isEqualTo(404);
        assertThat(TestEnvironment.get("/api/v1/subscriptions", otherToken)
                        .body()
                        .path("items"))
                .isEmpty();
        new BillingFixture(application).call(404, "GET", "subscriptions/" + id, "");
    }
}
