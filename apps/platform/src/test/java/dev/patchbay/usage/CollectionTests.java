package dev.patchbay.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.kernel.Json;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.TestEnvironment;
import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

/** Retell's costs become usage: once, to the digit, for the right client and day. */
@PatchbayTest
class CollectionTests {

    private static final Instant NOON = Instant.parse("2026-11-10T12:00:00Z");

    @Autowired
    private ApplicationContext application;

    private UsageFixture agency;

    @BeforeEach
    void setUp() {
        agency = new UsageFixture(application, "front", "back");
        agency.putClient("north", "America/Chicago");
        agency.map("front", "north");
    }

    private JsonNode day(String day) {
        return agency.sums("day", day, day).path(day);
    }

    private JsonNode collect() {
        JsonNode progress = agency.collect(NOON.minusSeconds(86_400));
        assertThat(progress.path("state").asString()).as(progress.toString()).isEqualTo("done");
        return progress;
    }

    @Test
    void aCallBecomesItsProductsAndItsTalkTime() {
        String call = agency.call("front", NOON, 56);

        JsonNode progress = collect();

        assertThat(progress.path("read").asInt()).isEqualTo(1);
        assertThat(progress.path("fresh").asInt()).isEqualTo(1);
        JsonNode sum = day("2026-11-10");
        assertThat(sum.path("calls").asInt()).isEqualTo(1);
        assertThat(sum.path("talkSeconds").asInt()).isEqualTo(56);
        assertThat(sum.path("billedSeconds").asInt()).isEqualTo(56);
        assertThat(sum.at("/cost/amount").asString()).isEqualTo("0.0756");
        assertThat(agency.sums("product", "2026-11-10", "2026-11-10")
                        .at("/elevenlabs_tts/cost/amount")
                        .asString())
                .isEqualTo("0.065333333");
        assertThat(agency.sums("client", "2026-11-10", "2026-11-10")
                        .has(agency.client("north").value()))
                .isTrue();
        assertThat(agency.sums("agent", "2026-11-10", "2026-11-10").has(agency.agent("front")))
                .isTrue();
        assertThat(agency.sums("release", "2026-11-10", "2026-11-10").has(agency.agent("front") + "/0"))
                .isTrue();
        JsonNode details = agency.get("usage/calls/" + call);
        assertThat(details.path("records")).hasSize(4);
        assertThat(details.at("/statements/0/statement/call_cost/combined_cost").decimalValue())
                .isEqualTo(new BigDecimal("7.56"));
        assertThat(details.toString()).doesNotContain("+1415555");
    }

    @Test
    void collectingOnRequestIsAudited() {
        collect();
        assertThat(agency.get("audit?action=usage.collected").path("items").toString())
                .contains("usage.collected", UsageFixture.RETELL.value());
        assertThat(agency.send("POST", "usage/collect/nobody", agency.token()).status())
                .isEqualTo(404);
        assertThat(agency.send("POST", "usage/collect/retell?since=2999-01-01T00:00:00Z", agency.token())
                        .status())
                .isEqualTo(400);
        assertThat(agency.get("usage/collections?provider=retell")
                        .at("/items/0/pass")
                        .asString())
                .isEqualTo("requested");
    }

    @Test
    void collectingAgainAddsNothing() {
        agency.call("front", NOON, 56);
        collect();
        JsonNode progress = collect();

        assertThat(progress.path("read").asInt()).isEqualTo(1);
        assertThat(progress.path("fresh").asInt() + progress.path("corrected").asInt())
                .isZero();
        assertThat(day("2026-11-10").path("upto").asInt()).isEqualTo(1);
    }

    @Test
    void aCorrectionReversesAndAddsUnderOneSequenceNumber() {
        String call = agency.call("front", NOON, 60);
        collect();
        UsageFixture.sandbox("POST", "calls/" + call + "/cost", Json.object().put("factor", "0.5"));

        assertThat(collect().path("corrected").asInt()).isEqualTo(1);

        JsonNode sum = day("2026-11-10");
        assertThat(sum.at("/cost/amount").asString()).isEqualTo("0.0405");
        assertThat(sum.path("calls").asInt()).isEqualTo(1);
        assertThat(sum.path("upto").asInt()).isEqualTo(2);
        JsonNode details = agency.get("usage/calls/" + call);
        assertThat(details.path("records")).hasSize(12);
        assertThat(details.path("records")
                        .valueStream()
                        .map(it -> it.path("seq").asInt()))
                .containsOnly(1, 2);
        assertThat(details.at("/call/revisions").asInt()).isEqualTo(2);
        assertThat(details.path("why").toString()).contains("corrected");
        assertThat(agency.get("usage/days?from=2026-11-10&to=2026-11-10")
                        .path("corrected")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void aCostThatComesLateIsPendingUntilThen() {
        String call = agency.call("front", NOON, 60);
        UsageFixture.sandbox("POST", "calls/" + call + "/cost", Json.object().put("remove", true));
        assertThat(collect().path("pending").asInt()).isEqualTo(1);
        assertThat(day("2026-11-10").isMissingNode()).isTrue();
        var products = Json.object();
        products.putArray("products").addObject().put("product", "voice").put("cost", 1);
        UsageFixture.sandbox("POST", "calls/" + call + "/cost", products);

        assertThat(collect().path("fresh").asInt()).isEqualTo(1);

        assertThat(day("2026-11-10").at("/cost/amount").asString()).isEqualTo("0.01");
        assertThat(agency.get("usage/days?from=2026-11-10&to=2026-11-10")
                        .path("late")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void aVanishedCallIsTakenBack() {
        String call = agency.call("front", NOON, 60);
        agency.call("front", NOON.plusSeconds(60), 60);
        collect();
        UsageFixture.sandbox("DELETE", "calls/" + call, Json.object());

        assertThat(collect().path("vanished").asInt()).isEqualTo(1);

        assertThat(day("2026-11-10").path("calls").asInt()).isEqualTo(1);
        assertThat(agency.send("GET", "usage/calls/" + call, agency.token()).status())
                .isEqualTo(404);
        assertThat(collect().path("vanished").asInt()).isZero();
    }

    @Test
    void usageOfAnUnmappedAgentFollowsALaterMapping() {
        agency.putClient("south", "Australia/Lord_Howe");
        agency.call("back", NOON, 60);
        JsonNode progress = collect();
        assertThat(progress.path("unattributed").asInt()).isEqualTo(1);
        assertThat(agency.sums("client", "2026-11-10", "2026-11-10").has("")).isTrue();

        agency.map("back", "south");

        // Lord Howe is eleven hours ahead in November.
        JsonNode clients = agency.sums("client", "2026-11-09", "2026-11-11");
        assertThat(clients.propertyNames())
                .containsExactly(agency.client("south").value());
        assertThat(day("2026-11-10").path("calls").asInt()).isEqualTo(1);
    }

    @Test
    void statementsThatMakeNoSenseAreRejectedAndReported() {
        String call = agency.call("front", NOON, 60);
        UsageFixture.sandbox("PATCH", "calls/" + call, Json.object().put("duration_ms", -5));
        String negative = agency.call("front", NOON.plusSeconds(5), 60);
        var products = Json.object();
        products.putArray("products").addObject().put("product", "voice").put("cost", -1);
        UsageFixture.sandbox("POST", "calls/" + negative + "/cost", products);

        assertThat(collect().path("failed").asInt()).isEqualTo(2);

        assertThat(day("2026-11-10").isMissingNode()).isTrue();
        assertThat(agency.get("usage/rejections")
                        .path("items")
                        .valueStream()
                        .map(it -> it.path("code").asString()))
                .containsExactlyInAnyOrder("negative_duration", "negative_cost");
        UsageFixture.sandbox("PATCH", "calls/" + call, Json.object().put("duration_ms", 5));
        assertThat(collect().path("fresh").asInt()).isEqualTo(1);
        assertThat(agency.get("usage/rejections").path("items")).hasSize(1);
    }

    @Test
    void productsThatDoNotSumLeaveAnUnexplainedRest() {
        String call = agency.call("front", NOON, 60);
        var cost = Json.object();
        cost.putObject("call_cost")
                .put("combined_cost", new BigDecimal("9.05"))
                .put("total_duration_seconds", 60)
                .putArray("product_costs")
                .addObject()
                .put("product", "voice")
                .put("cost", 9);
        UsageFixture.sandbox("PATCH", "calls/" + call, cost);

        collect();

        assertThat(agency.sums("product", "2026-11-10", "2026-11-10")
                        .at("/unexplained/cost/amount")
                        .asString())
                .isEqualTo("0.0005");
        assertThat(day("2026-11-10").at("/cost/amount").asString()).isEqualTo("0.0905");
    }

    @Test
    void aPageThatFailsInTheMiddleLeavesWholePagesAndGoesOn() {
        agency.call("front", NOON, 60);
        var fault = Json.object()
                .put("provider", "retell")
                .put("operation", "calls.list")
                .put("fault", "500");
        TestEnvironment.sandbox("faults", fault);
        JsonNode progress = agency.collect(NOON.minusSeconds(60));
        assertThat(progress.path("state").asString()).isEqualTo("unavailable");
        assertThat(progress.path("detail").asString()).contains("500");
        assertThat(day("2026-11-10").isMissingNode()).isTrue();
        assertThat(collect().path("fresh").asInt()).isEqualTo(1);
    }
}
