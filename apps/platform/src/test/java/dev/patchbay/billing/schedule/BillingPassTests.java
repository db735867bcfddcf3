package dev.patchbay.billing.schedule;

import static dev.patchbay.billing.SubscriptionFixture.START;
import static dev.patchbay.billing.SubscriptionFixture.TIERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.billing.SubscriptionFixture;
import dev.patchbay.billing.SubscriptionId;
import dev.patchbay.billing.subscriptions.Subscriptions;
import dev.patchbay.billing.subscriptions.Subscriptions.Due;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.testing.PatchbayTest;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** The background opens periods, finalizes them after their grace, and goes on after a failure. */
@PatchbayTest
class BillingPassTests {

    @Autowired
    private ApplicationContext application;

    @Autowired
    private BillingPass pass;

    @Autowired
    private BillingSchedule schedule;

    @Autowired
    private Subscriptions subscriptions;

    @Autowired
    private Tenancy tenancy;

    @Autowired
    private JdbcClient jdbc;

    private SubscriptionFixture fixture;

    @BeforeEach
    void prepare() {
        fixture = new SubscriptionFixture(application);
    }

    private Due due(String id) {
        return new Due(fixture.agency.tenant, new SubscriptionId(id));
    }

    private boolean isDue(String id) {
        return subscriptions.listDue(10_000).contains(due(id));
    }

    private List<String> invoices() {
        return fixture.agency
                .get("invoices")
                .path("items")
                .valueStream()
                .map(item ->
                        item.path("period").asInt() + " " + item.path("kind").asString() + " "
                                + item.path("state").asString())
                .toList();
    }

    private Optional<Instant> nextLook(String id) {
        return tenancy.inTenant(
                fixture.agency.tenant,
                () -> Optional.ofNullable(
                                jdbc.sql("SELECT due_at FROM patchbay.subscription WHERE subscription_id = :id")
                                        .param("id", id)
                                        .query((row, number) -> row.getTimestamp("due_at"))
                                        .list()
                                        .getFirst())
                        .map(Timestamp::toInstant));
    }

    private String failure(String id) {
        return fixture.agency
                .get("subscriptions/" + id)
                .at("/subscription/failure")
                .asString("");
    }

    @Test
    void endedPeriodsAreInvoicedAndTheNextLookIsWhenTheOpenOneEnds() {
        String id = fixture.subscribe(TIERS);
        fixture.call("call_1", 2, 0, 600, "0.10");
        assertThat(isDue(id)).isTrue();
        assertThat(pass.listDue()).isNotEmpty();

        schedule.runOnce();

        assertThat(invoices()).containsExactly("3 regular finalized", "2 regular finalized", "1 regular finalized");
        assertThat(isDue(id)).isFalse();
        assertThat(nextLook(id)).contains(SubscriptionFixture.startOf(5, "UTC"));
        pass.run(due(id));
        assertThat(invoices()).hasSize(3);
        assertThat(fixture.agency.get("audit?limit=20").path("items").values())
                .filteredOn(entry -> entry.path("action").asString().equals("invoice.finalized"))
                .extracting(entry -> entry.path("actor").asString())
                .containsOnly("system");
    }

    @Test
    void theGraceIsAwaited() {
        Duration grace = Duration.ofDays(45);
        String id = fixture.subscribe(TIERS.replace("{\"currency\"", "{\"graceDays\": 45, \"currency\""));
        pass.run(due(id));

        Instant now = Clock.systemUTC().instant();
        int issued = invoices().size();
        assertThat(SubscriptionFixture.startOf(issued + 1, "UTC").plus(grace)).isBefore(now);
        Instant nextDue = SubscriptionFixture.startOf(issued + 2, "UTC").plus(grace);
        Instant nextStart = SubscriptionFixture.startOf(5, "UTC");
        assertThat(nextDue).isAfter(now);
        assertThat(nextLook(id)).contains(nextDue.isBefore(nextStart) ? nextDue : nextStart);
    }

    @Test
    void aSubscriptionThatBeginsLaterIsLookedAtThen() {
        String id = fixture.subscribe(TIERS, START.plusYears(1), "");
        assertThat(isDue(id)).isFalse();
        pass.run(due(id));
        assertThat(nextLook(id))
                .contains(START.plusYears(1).atStartOfDay(ZoneOffset.UTC).toInstant());
        fixture.agency.post("subscriptions/" + id + "/cancel", "{\"endsOn\": \"" + START.plusYears(1) + "\"}");
        pass.run(due(id));
        assertThat(nextLook(id)).isEmpty();
    }

    @Test
    void anEndedSubscriptionGetsItsLateUsage() {
        String id = fixture.subscribe(TIERS.replace("{\"currency\"", "{\"minimumInvoice\": \"1.00\", \"currency\""));
        fixture.agency.post("subscriptions/" + id + "/cancel", "{\"endsOn\": \"" + START.plusMonths(1) + "\"}");
        pass.run(due(id));
        assertThat(invoices()).containsExactly("1 regular finalized");

        fixture.call("call_small", 1, 0, 60, "0.10");
        pass.run(due(id));
        assertThat(invoices()).hasSize(1);
        fixture.call("call_large", 1, 0, 600, "0.10");
        pass.run(due(id));
        assertThat(invoices()).containsExactly("1 adjustment finalized", "1 regular finalized");
        JsonNode newest = fixture.agency.get("invoices").at("/items/0");
        assertThat(newest.at("/total/amount").asString()).isEqualTo("5.20");
        pass.run(due(id));
        assertThat(invoices()).hasSize(2);
        assertThat(nextLook(id)).isPresent();
    }

    @Test
    void aFailureIsStatedAndTriedAgain() {
        String id = fixture.subscribe("""
                {"currency": "EUR", "charges": [{"key": "passthrough", "model": "percentage", "percent": "135"}]}""");
        fixture.call("call_1", 1, 0, 60, "0.10");

        pass.run(due(id));

        assertThat(failure(id)).contains("Call call_1 cost USD");
        assertThat(nextLook(id).orElseThrow())
                .isAfter(SubscriptionFixture.noon(4, 0).minusSeconds(1));
        assertThat(invoices()).isEmpty();
        fixture.usage.remove(fixture.client, "call_1");
        pass.run(due(id));
        assertThat(failure(id)).isEmpty();
        assertThat(invoices()).hasSize(3);
    }

    @Test
    void aVoidInvoiceWaitsForAPerson() {
        String id = fixture.subscribe(TIERS);
        JsonNode invoice = fixture.finalizePeriod(id, 1);
        fixture.agency.post("invoices/" + invoice.at("/invoice/id").asString() + "/void", "{\"reason\": \"mistake\"}");

        pass.run(due(id));

        assertThat(failure(id)).startsWith("The invoice of period 1 is void");
        assertThat(invoices()).containsExactly("1 regular void");
        fixture.finalizePeriod(id, 1);
        pass.run(due(id));
        assertThat(failure(id)).isEmpty();
        assertThat(invoices()).hasSize(4);
    }
}
