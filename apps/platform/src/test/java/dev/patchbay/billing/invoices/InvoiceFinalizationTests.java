package dev.patchbay.billing.invoices;

import static dev.patchbay.billing.SubscriptionFixture.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.billing.SubscriptionFixture;
import dev.patchbay.billing.SubscriptionId;
import dev.patchbay.billing.invoices.InvoiceFinalization.Look;
import dev.patchbay.billing.invoices.InvoiceFinalization.Outcome;
import dev.patchbay.billing.rating.RatedLine;
import dev.patchbay.billing.subscriptions.BillingPeriod;
import dev.patchbay.billing.subscriptions.Periods;
import dev.patchbay.billing.subscriptions.Subscription;
import dev.patchbay.billing.subscriptions.Subscriptions;
import dev.patchbay.kernel.Money;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.testing.PatchbayTest;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Corrections, concurrent finalizers and deaths: invoices sum to the true rating, and numbers have no gap. */
@PatchbayTest
class InvoiceFinalizationTests {

    private static final String TERMS = """
            {"currency": "USD", "minimumInvoice": "2.00", "charges": [
              {"key": "talk", "per": "60", "included": "600", "model": "graduated",
                "tiers": [{"upTo": "20", "unit": "0.14"}, {"upTo": "60", "unit": "0.11"}, {"upTo": null, "unit": "0.07"}]},
              {"key": "calls", "metric": {"of": "calls"}, "model": "volume",
                "tiers": [{"upTo": "10", "unit": "0.05"}, {"upTo": null, "unit": "0.03"}], "minimum": "0.20", "maximum": "0.90"},
              {"key": "passthrough", "model": "percentage", "percent": "135", "fixed": "0.01"}]}""";

    @Autowired
    private ApplicationContext application;

    @Autowired
    private InvoiceFinalization finalization;

    @Autowired
    private Subscriptions subscriptions;

    @Autowired
    private Periods periods;

    @Autowired
    private PeriodRater rater;

    @Autowired
    private Tenancy tenancy;

    @Autowired
    private JdbcClient jdbc;

    private static void change(SubscriptionFixture fixture, Random random, List<String> calls, int period) {
        if (calls.isEmpty() || random.nextInt(3) > 0) {
            String subject = "call_" + period + "_" + calls.size();
            calls.add(subject);
            fixture.call(subject, period, calls.size() % 28, random.nextInt(900), cost(random));
        } else {
            int at = random.nextInt(calls.size());
            fixture.usage.correct(
                    fixture.client,
                    calls.get(at),
                    SubscriptionFixture.noon(period, (at + 1) % 28),
                    random.nextInt(900),
                    cost(random));
        }
    }

    private static String cost(Random random) {
        return "0." + (1_000_000 + random.nextInt(9_000_000));
    }

    private List<Money> rateAll(TenantId tenant, Subscription subscription) {
        return tenancy.inTenant(tenant, () -> {
            long upto = rater.cutoff(tenant, subscription);
            return periods.list(tenant, subscription).stream()
                    .limit(3)
                    .flatMap(period -> rater.rate(tenant, subscription, period, upto).lines().stream())
                    .map(RatedLine::amount)
                    .toList();
        });
    }

    private static Money sum(List<Money> amounts) {
        return amounts.stream().reduce(new Money(Currency.getInstance("USD"), 0), Money::plus);
    }

    @Test
    void invoicesAndAdjustmentsSumToTheRatingOfEverything() {
        for (int seed = 0; seed < 6; seed++) {
            var random = new Random(seed);
            var fixture = new SubscriptionFixture(application);
            TenantId tenant = fixture.agency.tenant;
            var id = new SubscriptionId(fixture.subscribe(TERMS));
            fixture.agency.post("subscriptions/" + id + "/cancel", "{\"endsOn\": \"" + START.plusMonths(3) + "\"}");
            List<List<String>> calls = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
            for (int n = 1; n <= 3; n++) {
                for (int change = 0; change < 25; change++) {
                    int period = random.nextInt(3);
                    change(fixture, random, calls.get(period), period + 1);
                }
                finalization.finalizePeriod(tenant, "test", id, n);
            }
            for (int change = 0; change < 10; change++) {
                change(fixture, random, calls.get(change % 3), change % 3 + 1);
            }
            fixture.usage.call(fixture.client, "call_last", SubscriptionFixture.noon(2, 1), 6000, "9.99");
            assertThat(finalization.advance(tenant, id, "test", Duration.ofDays(1)))
                    .isInstanceOf(Look.Advanced.class);
            assertThat(finalization.advance(tenant, id, "test", Duration.ofDays(1)))
                    .isInstanceOf(Look.Idle.class);

            Subscription subscription = subscriptions.get(TenantScope.of(tenant), id);
            assertThat(billed(tenant)).as("seed %s", seed).isEqualTo(sum(rateAll(tenant, subscription)));
            assertCallsExplainEachLine(fixture);
            assertNumbersHaveNoGap(tenant);
        }
    }

    private Money billed(TenantId tenant) {
        return tenancy.inTenant(
                tenant,
                () -> Money.of(
                        jdbc.sql("SELECT coalesce(sum(net), 0.00) AS net FROM patchbay.invoice WHERE state <> 'VOID'")
                                .query((row, number) -> row.getBigDecimal("net"))
                                .single(),
                        Currency.getInstance("USD")));
    }

    private static void assertCallsExplainEachLine(SubscriptionFixture fixture) {
        for (JsonNode item : fixture.agency.get("invoices").path("items")) {
            String path = "invoices/" + item.path("id").asString();
            for (JsonNode line : fixture.agency.get(path).path("lines")) {
                JsonNode calls = fixture.agency
                        .get(path + "/lines/" + line.path("line").asInt() + "/calls?limit=200")
                        .path("items");
                if (!calls.isEmpty()) {
                    assertThat(calls.valueStream()
                                    .map(call -> new BigDecimal(
                                            call.at("/amount/amount").asString()))
                                    .reduce(BigDecimal.ZERO, BigDecimal::add))
                            .as(line.toString())
                            .isEqualByComparingTo(line.at("/amount/amount").asString());
                }
            }
        }
    }

    private void assertNumbersHaveNoGap(TenantId tenant) {
        List<Long> numbers = tenancy.inTenant(
                tenant,
                () -> jdbc.sql("SELECT number FROM patchbay.invoice WHERE series = 'INV' ORDER BY number")
                        .query(Long.class)
                        .list());
        assertThat(numbers)
                .isEqualTo(LongStream.rangeClosed(1, numbers.size()).boxed().toList());
    }

    @Test
    void twoFinalizersIssueOneInvoiceForEachPeriod() throws InterruptedException, ExecutionException {
        var fixture = new SubscriptionFixture(application);
        TenantId tenant = fixture.agency.tenant;
        var ids = new ArrayList<SubscriptionId>();
        for (int client = 0; client < 6; client++) {
            var id = fixture.agency.client("c" + client, "UTC");
            fixture.usage.call(id, "call_1", SubscriptionFixture.noon(1, 0), 6000, "1.00");
            String plan = fixture.plan("Plan " + client, SubscriptionFixture.TIERS);
            ids.add(new SubscriptionId(fixture.agency
                    .post("subscriptions", SubscriptionFixture.request(id, plan, START, ""))
                    .path("id")
                    .asString()));
        }
        var work = new ArrayList<Callable<Outcome>>();
        for (int n = 1; n <= 2; n++) {
            for (SubscriptionId id : ids) {
                int period = n;
                work.add(() -> finalization.finalizePeriod(tenant, "one", id, period));
                work.add(() -> finalization.finalizePeriod(tenant, "two", id, period));
            }
        }
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (Future<Outcome> done : threads.invokeAll(work.subList(0, 12))) {
                assertThat(done.get()).isInstanceOf(Outcome.Finalized.class);
            }
            for (Future<Outcome> done : threads.invokeAll(work.subList(12, 24))) {
                assertThat(done.get()).isInstanceOf(Outcome.Finalized.class);
            }
        }

        assertNumbersHaveNoGap(tenant);
        assertThat(tenancy.inTenant(
                        tenant,
                        () -> jdbc.sql("SELECT count(*) FROM patchbay.invoice")
                                .query(Integer.class)
                                .single()))
                .isEqualTo(12);
    }

    @Test
    void anInvoiceThatDiesBeforeItsCommitLeavesNothing() {
        var fixture = new SubscriptionFixture(application);
        TenantId tenant = fixture.agency.tenant;
        var id = new SubscriptionId(fixture.subscribe(SubscriptionFixture.TIERS));
        fixture.call("call_1", 1, 0, 6000, "1.00");

        assertThatThrownBy(() -> tenancy.inTenant(tenant, () -> {
                    finalization.finalizePeriod(tenant, "test", id, 1);
                    throw new IllegalStateException("killed");
                }))
                .hasMessage("killed");

        for (String table :
                List.of("invoice", "invoice_line", "invoice_series", "transfer", "period_rating", "billing_period")) {
            assertThat(tenancy.inTenant(
                            tenant,
                            () -> jdbc.sql("SELECT count(*) FROM patchbay." + table)
                                    .query(Integer.class)
                                    .single()))
                    .as(table)
                    .isZero();
        }
        assertThat(fixture.finalizePeriod(id.value(), 1).at("/invoice/number").asString())
                .isEqualTo("INV-000001");
    }

    @Test
    void anotherResultForTheSameInputsIsNotInvoiced() {
        var fixture = new SubscriptionFixture(application);
        TenantId tenant = fixture.agency.tenant;
        String id = fixture.subscribe(SubscriptionFixture.TIERS);
        fixture.call("call_1", 1, 0, 6000, "1.00");
        tenancy.inTenant(tenant, () -> {
            Subscription subscription = subscriptions.lock(tenant, new SubscriptionId(id));
            BillingPeriod first = periods.open(tenant, subscription, SubscriptionFixture.noon(1, 0))
                    .getFirst();
            RatedPeriod rated = rater.rate(tenant, subscription, first, rater.cutoff(tenant, subscription));
            jdbc.sql("""
                            INSERT INTO patchbay.period_rating (tenant_id, subscription_id, n, inputs, result, seq_upto, rated_at)
                            VALUES (:tenant, :subscription, 1, :inputs, sha256('other'), 1, now())""")
                    .param("tenant", tenant.value())
                    .param("subscription", id)
                    .param("inputs", rated.inputs())
                    .update();
        });

        assertThat(fixture.agency
                        .call(409, "POST", "subscriptions/" + id + "/periods/1/finalize", "")
                        .path("detail")
                        .asString())
                .contains("another result");
        assertThat(fixture.agency.get("invoices").path("items")).isEmpty();
        fixture.call("call_2", 1, 0, 60, "1.00");
        fixture.finalizePeriod(id, 1);
    }
}
