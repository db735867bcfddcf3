package dev.patchbay.billing;

import static dev.patchbay.billing.SubscriptionFixture.START;
import static dev.patchbay.billing.SubscriptionFixture.TIERS;
import static dev.patchbay.billing.SubscriptionFixture.amount;
import static dev.patchbay.billing.SubscriptionFixture.idOf;
import static dev.patchbay.billing.SubscriptionFixture.lines;
import static dev.patchbay.billing.SubscriptionFixture.sum;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.TestEnvironment;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

/** Invoices over HTTP: finalized once, explained call by call, and posted to the ledger. */
@PatchbayTest
class InvoiceApiTests {

    private static final String BASE_IN_ADVANCE = """
            {"currency": "USD", "base": {"amount": "30.00", "when": "advance"}, "charges": [
              {"key": "talk", "per": "60", "model": "unit", "unit": "0.12"}]}""";

    @Autowired
    private ApplicationContext application;

    private SubscriptionFixture fixture;
    private BillingFixture agency;

    @BeforeEach
    void prepare() {
        fixture = new SubscriptionFixture(application);
        agency = fixture.agency;
    }

    @Test
    void anInvoiceIsFinalizedOnceAndEachLineOpensItsCalls() {
        String id = fixture.subscribe(TIERS, START, ", \"taxPercent\": \"19\"");
        fixture.call("call_1", 1, 0, 600, "0.10");
        fixture.call("call_2", 1, 3, 60, "0.10");
        fixture.call("call_3", 2, 0, 60, "0.10");

        JsonNode invoice = fixture.finalizePeriod(id, 1);

        assertThat(lines(invoice)).containsExactly("1 talk usage 5.20");
        assertThat(invoice.at("/lines/0/rule").asString()).isEqualTo("660, per 60 = 11; 10 × 0.5 + 1 × 0.2");
        assertThat(amount(invoice, "net")).isEqualTo("5.20");
        assertThat(amount(invoice, "tax")).isEqualTo("0.99");
        assertThat(amount(invoice, "total")).isEqualTo("6.19");
        assertThat(invoice.at("/invoice/number").asString()).isEqualTo("INV-000001");
        assertThat(fixture.finalizePeriod(id, 1)).isEqualTo(invoice);
        assertThat(agency.get("invoices/" + idOf(invoice))).isEqualTo(invoice);
        JsonNode calls = fixture.calls(invoice, 1);
        assertThat(calls.valueStream().map(call -> call.path("callId").asString()))
                .containsExactly("call_1", "call_2");
        assertThat(sum(calls)).isEqualTo("5.20");
        assertThat(agency.get("usage/calls/call_1").at("/call/callId").asString())
                .isEqualTo("call_1");
        JsonNode page = agency.get("invoices/" + idOf(invoice) + "/lines/1/calls?limit=1");
        assertThat(page.path("next").asString()).isEqualTo("1");
        assertThat(agency.get("invoices/" + idOf(invoice) + "/lines/1/calls?limit=1&after=1")
                        .at("/items/0/callId")
                        .asString())
                .isEqualTo("call_2");
        agency.call(404, "GET", "invoices/" + idOf(invoice) + "/lines/2/calls", "");
        agency.call(404, "GET", "invoices/" + idOf(invoice) + "/lines/0/calls", "");
    }

    @Test
    void aPeriodIsFinalizedAfterItsGraceAndAfterTheOneBefore() {
        String id = fixture.subscribe(TIERS.replace("{\"currency\"", "{\"graceDays\": 60, \"currency\""));
        assertThat(agency.call(409, "POST", "subscriptions/" + id + "/periods/3/finalize", "")
                        .path("detail")
                        .asString())
                .contains("can be finalized from");
        agency.call(409, "POST", "subscriptions/" + id + "/periods/0/finalize", "");
        agency.call(409, "POST", "subscriptions/" + id + "/periods/9/finalize", "");
        agency.call(404, "POST", "subscriptions/sub_0/periods/1/finalize", "");

        var second = new SubscriptionFixture(application);
        String other = second.subscribe(TIERS);
        assertThat(second.agency
                        .call(409, "POST", "subscriptions/" + other + "/periods/2/finalize", "")
                        .path("detail")
                        .asString())
                .isEqualTo("Finalize period 1 first.");
    }

    @Test
    void thePreviewIsTheInvoice() {
        String id = fixture.subscribe(TIERS, START, ", \"taxPercent\": \"19\"");
        fixture.call("call_1", 1, 0, 600, "0.10");

        JsonNode preview = agency.get("invoices/preview?subscriptionId=" + id);
        JsonNode invoice = fixture.finalizePeriod(id, 1);

        assertThat(preview.path("period").asInt()).isEqualTo(1);
        assertThat(preview.path("kind").asString()).isEqualTo("regular");
        assertThat(preview.path("lines")).isEqualTo(invoice.path("lines"));
        assertThat(preview.at("/total/amount").asString()).isEqualTo(amount(invoice, "total"));
        assertThat(agency.get("invoices/preview?subscriptionId=" + id)
                        .path("period")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void aBaseInAdvanceIsDueBeforeItsPeriod() {
        String id = fixture.subscribe(BASE_IN_ADVANCE);

        assertThat(lines(fixture.finalizePeriod(id, 0))).containsExactly("1 base base 30.00");
        assertThat(lines(fixture.finalizePeriod(id, 1))).containsExactly("1 talk usage 0.00", "2 base base 30.00");
        fixture.finalizePeriod(id, 2);
        fixture.finalizePeriod(id, 3);
        assertThat(lines(agency.get("invoices/preview?subscriptionId=" + id))).containsExactly("4 talk usage 0.00");
        agency.post(
                "subscriptions/" + id + "/cancel",
                "{\"endsOn\": \"" + START.plusMonths(3).plusDays(1) + "\"}");
        JsonNode last = agency.get("invoices/preview?subscriptionId=" + id);
        int days = START.plusMonths(3).lengthOfMonth();
        BigDecimal day = new BigDecimal(30).divide(new BigDecimal(days), 2, RoundingMode.HALF_UP);
        assertThat(lines(last))
                .containsExactly("4 base adjustment " + day.subtract(new BigDecimal("30.00")), "4 talk usage 0.00");
    }

    @Test
    void aTrialIsTakenOff() {
        String id = fixture.subscribe(TIERS.replace("{\"currency\"", "{\"trialDays\": 10, \"currency\""));
        fixture.call("call_1", 1, 0, 600, "0.10");
        fixture.call("call_2", 1, 20, 60, "0.10");

        assertThat(lines(fixture.finalizePeriod(id, 1))).containsExactly("1 talk usage 5.20", "1 talk trial -5.00");
        assertThat(lines(fixture.finalizePeriod(id, 2))).containsExactly("2 talk usage 0.00");
    }

    @Test
    void fixedDiscountsAreGrantedOncePerPeriodAndTaxOfARateIsSpread() {
        String id = fixture.subscribe(
                BASE_IN_ADVANCE.replace(
                        "{\"currency\"",
                        "{\"taxRounding\": \"rate\", \"discounts\": [{\"percent\": \"10\"}, {\"amount\": \"2.00\"}], \"currency\""),
                START,
                ", \"taxPercent\": \"7.7\"");
        fixture.call("call_1", 1, 0, 600, "0.10");

        JsonNode start = fixture.finalizePeriod(id, 0);
        assertThat(amount(start, "net")).isEqualTo("27.00");
        JsonNode first = fixture.finalizePeriod(id, 1);
        assertThat(amount(first, "subtotal")).isEqualTo("31.20");
        assertThat(amount(first, "net")).isEqualTo("26.08");
        assertThat(amount(first, "tax")).isEqualTo("2.01");
    }

    @Test
    void aClientReadsItsOwnInvoicesWithoutCosts() {
        String id = fixture.subscribe("""
                {"currency": "USD", "charges": [
                  {"key": "talk", "per": "60", "model": "unit", "unit": "0.12"},
                  {"key": "passthrough", "model": "percentage", "percent": "135"}]}""");
        fixture.call("call_1", 1, 0, 600, "2.00");
        JsonNode invoice = fixture.finalizePeriod(id, 1);
        assertThat(invoice.at("/lines/1/rule").asString()).isEqualTo("135 % of 2");
        String own = fixture.clientToken(fixture.client);
        String other = fixture.clientToken(agency.client("b", "UTC"));

        JsonNode seen =
                TestEnvironment.get("/api/v1/invoices/" + idOf(invoice), own).body();
        assertThat(seen.at("/lines/0/rule").asString()).isEqualTo("600, per 60 = 10; 10 × 0.12");
        assertThat(seen.at("/lines/1/rule").isNull()).isTrue();
        assertThat(seen.at("/lines/1/quantity").isNull()).isTrue();
        assertThat(seen.at("/lines/1/exact").isNull()).isTrue();
        assertThat(seen.at("/lines/1/amount/amount").asString()).isEqualTo("2.70");
        assertThat(TestEnvironment.get("/api/v1/invoices/preview?subscriptionId=" + id, own)
                        .body()
                        .at("/lines/1/rule")
                        .isNull())
                .isTrue();
        for (String path : List.of(
                "/api/v1/invoices/" + idOf(invoice),
                "/api/v1/invoices/" + idOf(invoice) + "/lines/1/calls",
                "/api/v1/invoices/preview?subscriptionId=" + id)) {
            assertThat(TestEnvironment.get(path, other).status()).isEqualTo(404);
        }
        assertThat(TestEnvironment.get("/api/v1/invoices", other).body().path("items"))
                .isEmpty();
        assertThat(TestEnvironment.get("/api/v1/invoices?clientId=" + fixture.client, own)
                        .body()
                        .path("items"))
                .hasSize(1);
    }

    @Test
    void theLedgerHasEachInvoiceAndIsBalanced() {
        String id = fixture.subscribe(TIERS, START, ", \"taxPercent\": \"19\"");
        fixture.call("call_1", 1, 0, 660, "0.10");
        JsonNode first = fixture.finalizePeriod(id, 1);
        JsonNode balance = agency.get("ledger/trial-balance");

        assertThat(balance.at("/totals/0/debit").asString()).isEqualTo("6.19");
        assertThat(balance.path("items").values())
                .extracting(item -> item.path("account").asString() + " "
                        + item.path("balance").asString())
                .containsExactlyInAnyOrder(
                        "receivable/" + fixture.client + "/USD 6.19",
                        "revenue/" + fixture.client + "/talk/USD -5.20",
                        "tax/19/USD -0.99");
        JsonNode page = agency.get("ledger/trial-balance?limit=1");
        assertThat(agency.get("ledger/trial-balance?limit=1&after="
                                + page.path("next").asString())
                        .at("/items/0/kind")
                        .asString())
                .isEqualTo("revenue");
        String transfers = "ledger/transfers?account=receivable/" + fixture.client + "/USD&limit=1";
        JsonNode transfer = agency.get(transfers);
        assertThat(transfer.at("/items/0/source").asString()).isEqualTo("invoice/" + idOf(first));
        String next = transfer.path("next").asString().replace("|", "%7C");
        assertThat(agency.get(transfers + "&after=" + next).at("/items/0/n").asInt())
                .isEqualTo(2);
        agency.call(400, "GET", transfers + "&after=x%7Cy", "");
        assertThat(agency.get("ledger/trial-balance?asOf=2020-01-01").path("totals"))
                .isEmpty();

        agency.post("invoices/" + idOf(first) + "/void", "{\"reason\": \"mistake\"}");
        assertThat(agency.get("ledger/trial-balance").path("items").values())
                .extracting(item -> item.path("balance").asString())
                .containsOnly("0.00");
    }
}
