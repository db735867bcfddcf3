package dev.patchbay.billing;

import static dev.patchbay.billing.SubscriptionFixture.START;
import static dev.patchbay.billing.SubscriptionFixture.TIERS;
import static dev.patchbay.billing.SubscriptionFixture.idOf;
import static dev.patchbay.billing.SubscriptionFixture.lines;
import static dev.patchbay.billing.SubscriptionFixture.sum;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.testing.PatchbayTest;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

/** Changes after an invoice: adjusted, carried over, voided and credited. */
@PatchbayTest
class InvoiceCorrectionTests {

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
    void lateUsageIsAdjustedOnTheNextInvoice() {
        String id = fixture.subscribe(TIERS);
        fixture.call("call_1", 1, 0, 540, "0.10");
        fixture.call("call_2", 1, 1, 60, "0.10");
        JsonNode first = fixture.finalizePeriod(id, 1);
        byte[] before = first.toString().getBytes(UTF_8);

        fixture.call("call_late", 1, 2, 120, "0.10");
        fixture.usage.correct(fixture.client, "call_2", SubscriptionFixture.noon(1, 1), 180, "0.30");
        JsonNode second = fixture.finalizePeriod(id, 2);

        // 14 minutes are 10 × 0.50 + 4 × 0.20 = 5.80, of which 5.00 was billed.
        assertThat(lines(second)).containsExactly("2 talk usage 0.00", "1 talk adjustment 0.80");
        assertThat(second.at("/lines/1/rule").asString()).isEqualTo("5.80 USD − 5.00 USD billed");
        assertThat(sum(fixture.calls(second, 2))).isEqualTo("0.80");
        assertThat(fixture.calls(second, 2)
                        .valueStream()
                        .map(call -> call.path("callId").asString()))
                .contains("call_late");
        assertThat(agency.get("invoices/" + idOf(first)).toString().getBytes(UTF_8))
                .isEqualTo(before);
        assertThat(lines(fixture.finalizePeriod(id, 3))).containsExactly("3 talk usage 0.00");
    }

    @Test
    void usageThatMovesToAnotherClientIsTakenBack() {
        String id = fixture.subscribe(TIERS.replace("{\"currency\"", "{\"minimumInvoice\": \"1.00\", \"currency\""));
        fixture.call("call_1", 1, 0, 600, "0.10");
        fixture.call("call_2", 2, 0, 1200, "0.10");
        fixture.finalizePeriod(id, 1);
        fixture.usage.remove(fixture.client, "call_1");

        JsonNode second = fixture.finalizePeriod(id, 2);

        assertThat(lines(second)).containsExactly("2 talk usage 7.00", "1 talk adjustment -5.00");
        assertThat(sum(fixture.calls(second, 2))).isEqualTo("-5.00");
    }

    @Test
    void anEndedSubscriptionGetsAnInvoiceForLateUsage() {
        String id = fixture.subscribe(TIERS);
        agency.post("subscriptions/" + id + "/cancel", "{\"endsOn\": \"" + START.plusMonths(1) + "\"}");
        fixture.call("call_1", 1, 0, 600, "0.10");
        fixture.finalizePeriod(id, 1);
        fixture.call("call_late", 1, 0, 60, "0.10");

        JsonNode preview = agency.get("invoices/preview?subscriptionId=" + id);

        assertThat(preview.path("kind").asString()).isEqualTo("adjustment");
        assertThat(lines(preview)).containsExactly("1 talk adjustment 0.20");
    }

    @Test
    void smallTotalsAreCarriedOverToTheNextInvoice() {
        String id = fixture.subscribe(TIERS.replace("{\"currency\"", "{\"minimumInvoice\": \"5.00\", \"currency\""));
        fixture.call("call_1", 1, 0, 60, "0.10");
        fixture.call("call_2", 2, 0, 660, "0.10");

        String path = "subscriptions/" + id + "/periods/1/finalize";
        JsonNode carried = agency.post(path, "");
        assertThat(carried.path("outcome").asString()).isEqualTo("carried_over");
        assertThat(carried.path("invoice").isNull()).isTrue();
        assertThat(agency.post(path, "")).isEqualTo(carried);
        JsonNode second = fixture.finalizePeriod(id, 2);

        assertThat(lines(second)).containsExactly("2 talk usage 5.20", "1 talk carried_over 0.50");
        assertThat(sum(fixture.calls(second, 2))).isEqualTo("0.50");
        assertThat(second.at("/invoice/number").asString()).isEqualTo("INV-000001");
        assertThat(lines(fixture.finalizePeriod(id, 3))).isEmpty();
    }

    @Test
    void aVoidInvoiceIsReissuedUnderTheNextNumber() {
        String id = fixture.subscribe(TIERS);
        fixture.call("call_1", 1, 0, 600, "0.10");
        JsonNode first = fixture.finalizePeriod(id, 1);
        JsonNode second = fixture.finalizePeriod(id, 2);
        String reason = "{\"reason\": \"wrong address\"}";

        assertThat(agency.call(409, "POST", "invoices/" + idOf(first) + "/void", reason)
                        .path("detail")
                        .asString())
                .contains("INV-000002 builds on INV-000001");
        agency.post("invoices/" + idOf(second) + "/void", reason);
        JsonNode voided = agency.post("invoices/" + idOf(first) + "/void", reason);
        assertThat(voided.path("state").asString()).isEqualTo("void");
        assertThat(voided.path("reason").asString()).isEqualTo("wrong address");
        agency.call(409, "POST", "invoices/" + idOf(first) + "/void", reason);
        agency.call(422, "POST", "invoices/" + idOf(first) + "/void", "{}");
        agency.call(404, "POST", "invoices/inv_0/void", reason);
        agency.call(404, "POST", "invoices/%20/void", reason);

        agency.call(
                409,
                "POST",
                "invoices/" + idOf(first) + "/credit-notes",
                "{\"reason\": \"goodwill\", \"lines\": [{\"line\": 1, \"amount\": \"0.01\"}]}");

        JsonNode reissued = fixture.finalizePeriod(id, 1);
        assertThat(reissued.at("/invoice/number").asString()).isEqualTo("INV-000003");
        assertThat(lines(reissued)).isEqualTo(lines(first));
        assertThat(agency.get("invoices?subscriptionId=" + id).path("items").values())
                .extracting(item -> item.path("number").asString() + " "
                        + item.path("state").asString())
                .containsExactly("INV-000003 finalized", "INV-000002 void", "INV-000001 void");
        assertThat(agency.get("audit?limit=20").path("items").values())
                .extracting(entry -> entry.path("action").asString())
                .contains("invoice.finalized", "invoice.voided");
    }

    @Test
    void aCreditNoteTakesBackLinesWithTheirTax() {
        String id = fixture.subscribe(TIERS, START, ", \"taxPercent\": \"19\"");
        fixture.call("call_1", 1, 0, 660, "0.10");
        JsonNode invoice = fixture.finalizePeriod(id, 1);
        String path = "invoices/" + idOf(invoice) + "/credit-notes";

        JsonNode part = agency.call(
                201, "POST", path, "{\"reason\": \"goodwill\", \"lines\": [{\"line\": 1, \"amount\": \"1.03\"}]}");
        assertThat(part.path("number").asString()).isEqualTo("CN-000001");
        assertThat(part.path("corrects").asString()).isEqualTo(idOf(invoice));
        assertThat(part.at("/total/amount").asString()).isEqualTo("-1.23");
        JsonNode rest = agency.call(
                201, "POST", path, "{\"reason\": \"goodwill\", \"lines\": [{\"line\": 1, \"amount\": \"4.17\"}]}");
        assertThat(rest.at("/total/amount").asString()).isEqualTo("-4.96");
        assertThat(agency.get("invoices/" + rest.path("id").asString() + "/lines/1/calls")
                        .path("items"))
                .isEmpty();

        for (String wrong : List.of(
                "{\"line\": 1, \"amount\": \"0.01\"}",
                "{\"line\": 2, \"amount\": \"0.01\"}",
                "{\"line\": 1, \"amount\": \"0\"}",
                "{\"line\": 1, \"amount\": \"0.001\"}",
                "{\"amount\": \"1\"}",
                "{\"line\": 1}",
                "{\"line\": 1, \"amount\": \"0.01\"}, {\"line\": 1, \"amount\": \"0.01\"}",
                "")) {
            agency.call(422, "POST", path, "{\"reason\": \"goodwill\", \"lines\": [" + wrong + "]}");
        }
        String body = "{\"reason\": \"goodwill\", \"lines\": [{\"line\": 1, \"amount\": \"0.01\"}]}";
        agency.call(409, "POST", "invoices/" + part.path("id").asString() + "/credit-notes", body);
        agency.call(404, "POST", "invoices/inv_0/credit-notes", body);
        agency.call(409, "POST", "invoices/" + idOf(invoice) + "/void", "{\"reason\": \"credited\"}");
        agency.post("invoices/" + part.path("id").asString() + "/void", "{\"reason\": \"mistake\"}");
        agency.call(201, "POST", path, body);
        assertThat(lines(fixture.finalizePeriod(id, 2))).containsExactly("2 talk usage 0.00");
        assertThat(agency.get("audit?limit=20").path("items").values())
                .extracting(entry -> entry.path("action").asString())
                .contains("invoice.credited");
    }
}
