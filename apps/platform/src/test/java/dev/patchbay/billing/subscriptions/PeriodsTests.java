package dev.patchbay.billing.subscriptions;

import static dev.patchbay.billing.SubscriptionFixture.START;
import static dev.patchbay.billing.SubscriptionFixture.TIERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.billing.SubscriptionFixture;
import dev.patchbay.billing.SubscriptionId;
import dev.patchbay.iam.tenants.Client;
import dev.patchbay.iam.tenants.Clients;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.testing.PatchbayTest;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Periods follow each other without a gap, from the original anchor, in the client's zone. */
@PatchbayTest
class PeriodsTests {

    @Autowired
    private ApplicationContext application;

    @Autowired
    private Subscriptions subscriptions;

    @Autowired
    private Periods periods;

    @Autowired
    private Clients clients;

    @Autowired
    private Tenancy tenancy;

    private List<BillingPeriod> open(SubscriptionFixture fixture, String id, Instant now) {
        return tenancy.inTenant(
                fixture.agency.tenant,
                () -> periods.open(
                        fixture.agency.tenant, subscriptions.lock(fixture.agency.tenant, new SubscriptionId(id)), now));
    }

    @Test
    void periodsBeginOnTheAnchorOrTheLastDayOfAShorterMonth() {
        var fixture = new SubscriptionFixture(application, "America/New_York");
        LocalDate start = LocalDate.of(START.getYear() + 2, 1, 10);
        String id = fixture.subscribe(TIERS, start, ", \"anchorDay\": 31");
        Instant now = Instant.parse((START.getYear() + 2) + "-04-15T00:00:00Z");

        List<BillingPeriod> opened = open(fixture, id, now);

        int february = start.withMonth(2).lengthOfMonth();
        assertThat(opened)
                .extracting(BillingPeriod::startsOn)
                .containsExactly(
                        start,
                        start.withDayOfMonth(31),
                        start.withMonth(2).withDayOfMonth(february),
                        start.withMonth(3).withDayOfMonth(31));
        assertThat(opened.getFirst().wholeFrom()).isEqualTo(LocalDate.of(start.getYear() - 1, 12, 31));
        assertThat(opened.getFirst().startsAt())
                .isEqualTo(start.atStartOfDay(ZoneId.of("America/New_York")).toInstant());
        assertThat(opened).extracting(BillingPeriod::n).containsExactly(1, 2, 3, 4);
        assertThat(open(fixture, id, now)).isEqualTo(opened);
        assertThat(open(fixture, id, opened.getLast().endsAt())).hasSize(5);
    }

    @Test
    void anotherZoneAppliesFromTheNextPeriodWithoutAGap() {
        var fixture = new SubscriptionFixture(application, "Europe/Berlin");
        String id = fixture.subscribe(TIERS);
        BillingPeriod first = open(fixture, id, SubscriptionFixture.noon(1, 0)).getFirst();
        clients.put(
                fixture.agency.tenant,
                new Client(fixture.client, "a", ZoneId.of("America/Los_Angeles"), Json.object()));

        List<BillingPeriod> opened = open(fixture, id, SubscriptionFixture.noon(2, 3));

        assertThat(opened.getFirst()).isEqualTo(first);
        assertThat(opened.get(1).startsAt()).isEqualTo(first.endsAt());
        assertThat(opened.get(1).endsAt()).isEqualTo(SubscriptionFixture.startOf(3, "America/Los_Angeles"));
    }

    @Test
    void theLastPeriodEndsWithTheSubscription() {
        var fixture = new SubscriptionFixture(application);
        String id = fixture.subscribe(TIERS);
        open(fixture, id, SubscriptionFixture.noon(1, 0));
        LocalDate end = START.plusDays(10);

        subscriptions.end(fixture.agency.tenant, "test", new SubscriptionId(id), end);

        List<BillingPeriod> opened = open(fixture, id, SubscriptionFixture.noon(3, 0));
        assertThat(opened).hasSize(1);
        assertThat(opened.getFirst().endsOn()).isEqualTo(end);
        assertThat(opened.getFirst().wholeTo()).isEqualTo(START.plusMonths(1));
    }

    @Test
    void anEndAheadShortensThePeriodThatIsOpenedLast() {
        var fixture = new SubscriptionFixture(application);
        String id = fixture.subscribe(TIERS);
        open(fixture, id, SubscriptionFixture.noon(1, 0));
        subscriptions.end(
                fixture.agency.tenant,
                "test",
                new SubscriptionId(id),
                START.plusMonths(1).plusDays(5));

        assertThat(open(fixture, id, SubscriptionFixture.noon(3, 0)))
                .extracting(BillingPeriod::endsOn)
                .containsExactly(START.plusMonths(1), START.plusMonths(1).plusDays(5));
    }

    @Test
    void aSubscriptionThatEndsBeforeItBeginsHasNoPeriod() {
        var fixture = new SubscriptionFixture(application);
        String id = fixture.subscribe(TIERS);
        subscriptions.end(fixture.agency.tenant, "test", new SubscriptionId(id), START);

        assertThat(open(fixture, id, SubscriptionFixture.noon(3, 0))).isEmpty();
        assertThat(subscriptions
                        .get(TenantScope.of(fixture.agency.tenant), new SubscriptionId(id))
                        .endsOn())
                .isEqualTo(START);
        fixture.agency.call(404, "GET", "invoices/preview?subscriptionId=" + id, "");
        fixture.subscribe(TIERS, START.plusDays(1), "");
    }
}
