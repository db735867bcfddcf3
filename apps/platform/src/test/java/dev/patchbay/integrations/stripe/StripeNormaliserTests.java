package dev.patchbay.integrations.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.patchbay.ingress.spi.Normalised;
import dev.patchbay.ingress.spi.Normalised.Route;
import dev.patchbay.ingress.spi.Normaliser.Unreadable;
import dev.patchbay.kernel.Hashing;
import dev.patchbay.testing.Forgeries;
import dev.patchbay.testing.Samples;
import dev.patchbay.testing.Samples.Sample;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class StripeNormaliserTests {

    private final StripeNormaliser normaliser = new StripeNormaliser();

    private Normalised normalise(String json) {
        return Samples.fits(normaliser.normalise(Forgeries.delivery("https://us", Map.of(), Hashing.utf8(json))));
    }

    private Normalised sample(String name) {
        return Samples.ours("stripe").stream()
                .filter(it -> it.name().equals(name))
                .map(it -> Samples.fits(normaliser.normalise(it.delivery())))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void mapsAPaidInvoice() {
        Normalised paid = sample("invoice.paid.json");
        assertThat(paid.type()).isEqualTo("payment.invoice.paid");
        assertThat(paid.deduplicationKey()).isEqualTo("evt_1SPatchbayInvoicePaid");
        assertThat(paid.subject()).isEqualTo("in_1");
        assertThat(paid.time()).contains(Instant.ofEpochSecond(1_795_000_300));
        assertThat(paid.routes()).containsExactly(new Route("customer", "cus_northside"));
        assertThat(paid.person()).contains("books@northside.example");
        assertThat(paid.data().toString())
                .isEqualTo("{\"invoice\":{\"id\":\"in_1\",\"customerId\":\"cus_northside\",\"number\":\"BRIGHT-0007\","
                        + "\"status\":\"paid\",\"reason\":\"subscription_cycle\","
                        + "\"total\":{\"currency\":\"USD\",\"minorUnits\":129900},"
                        + "\"amountDue\":{\"currency\":\"USD\",\"minorUnits\":129900},"
                        + "\"amountPaid\":{\"currency\":\"USD\",\"minorUnits\":129900},"
                        + "\"amountRemaining\":{\"currency\":\"USD\",\"minorUnits\":0},\"attempts\":1,"
                        + "\"subscriptionId\":\"sub_1\",\"periodStart\":\"2026-10-19T08:53:20Z\","
                        + "\"periodEnd\":\"2026-11-18T11:06:40Z\",\"paidAt\":\"2026-11-18T11:11:39Z\","
                        + "\"hostedUrl\":\"https://invoice.stripe.example/i/1\",\"metadata\":{\"plan\":\"growth\"}},"
                        + "\"live\":false}");
    }

    @Test
    void readsMembersOfOlderApiVersions() {
        Normalised failed = sample("invoice.payment_failed.json");
        assertThat(failed.routes()).containsExactly(new Route("customer", "cus_northside"));
        assertThat(failed.data().at("/invoice/subscriptionId").asString()).isEqualTo("sub_0");
        assertThat(sample("customer.subscription.deleted.old_api.json")
                        .data()
                        .at("/subscription/periodEnd")
                        .asString())
                .isEqualTo("2023-09-18T01:20:00Z");
        assertThat(sample("customer.subscription.updated.json")
                        .data()
                        .path("subscription")
                        .toString())
                .contains("\"status\":\"past_due\"")
                .contains("\"periodEnd\":\"2026-11-18T11:06:40Z\"")
                .contains(
                        "\"items\":[{\"id\":\"si_1\",\"priceId\":\"price_1\",\"productId\":\"prod_1\",\"quantity\":2}]");
    }

    @Test
    void mapsAmountsExactlyAndOnlyWithACurrency() {
        assertThat(sample("charge.refunded.json")
                        .data()
                        .at("/charge/amountRefunded")
                        .toString())
                .isEqualTo("{\"currency\":\"EUR\",\"minorUnits\":1234567890123456789012}");
        assertThat(sample("payment_intent.payment_failed.json")
                        .data()
                        .at("/intent/amount")
                        .toString())
                .isEqualTo("{\"currency\":\"JPY\",\"minorUnits\":9900}");
        Normalised odd = normalise("{\"id\":\"evt_1\",\"type\":\"charge.refunded\",\"created\":-1,\"data\":{\"object\":"
                + "{\"id\":\"ch_1\",\"amount\":5,\"amount_refunded\":1.5,\"currency\":null}}}");
        assertThat(odd.data().toString()).isEqualTo("{\"charge\":{\"id\":\"ch_1\"}}");
        assertThat(odd.time()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "checkout.session.completed, payment.checkout.completed",
        "checkout.session.expired, payment.checkout.expired",
        "customer.created, payment.customer.created",
        "customer.updated, payment.customer.updated",
        "customer.deleted, payment.customer.deleted",
        "customer.subscription.created, payment.subscription.created",
        "customer.subscription.updated, payment.subscription.updated",
        "customer.subscription.deleted, payment.subscription.deleted",
        "invoice.created, payment.invoice.created",
        "invoice.finalized, payment.invoice.finalized",
        "invoice.paid, payment.invoice.paid",
        "invoice.payment_failed, payment.invoice.payment_failed",
        "invoice.voided, payment.invoice.voided",
        "payment_intent.succeeded, payment.intent.succeeded",
        "payment_intent.payment_failed, payment.intent.failed",
        "charge.refunded, payment.charge.refunded",
        "charge.dispute.created, payment.dispute.created",
        "charge.dispute.closed, payment.dispute.closed"
    })
    void mapsTheTypesThatBillingNeeds(String theirs, String ours) {
        assertThat(normalise("{\"id\":\"evt_1\",\"type\":\"" + theirs + "\",\"data\":{\"object\":{\"id\":\"x_1\"}}}")
                        .type())
                .isEqualTo(ours);
    }

    @Test
    void findsThePerson() {
        assertThat(sample("checkout.session.completed.json").person()).contains("+493055501234");
        assertThat(sample("payment_intent.payment_failed.json").person()).contains("pay@harbor.example");
        assertThat(sample("charge.refunded.json").person()).contains("contact:cus_harbor");
        assertThat(sample("customer.updated.json").routes()).containsExactly(new Route("customer", "cus_northside"));
    }

    @Test
    void anEventWithoutACustomerBelongsToTheTenant() {
        Normalised dispute = sample("charge.dispute.created.json");
        assertThat(dispute.type()).isEqualTo("payment.dispute.created");
        assertThat(dispute.routes()).isEmpty();
        assertThat(dispute.person()).isEmpty();
        assertThat(dispute.data().at("/dispute/evidenceDueBy").asString()).isEqualTo("2026-11-30T00:53:20Z");
    }

    @Test
    void keepsUnknownEventsWithoutTheClientSecret() {
        Normalised created = sample("payment_intent.created.json");
        assertThat(created.type()).isEqualTo("provider.stripe.payment_intent_created");
        assertThat(created.routes()).containsExactly(new Route("customer", "cus_harbor"));
        assertThat(created.subject()).isEqualTo("pi_2");
        assertThat(created.data().at("/payload/data/object/amount").asInt()).isEqualTo(5);
        assertThat(created.data().toString()).doesNotContain("secret");
        Normalised thin = sample("v1.billing.meter.no_meter_found.json");
        assertThat(thin.type()).isEqualTo("provider.stripe.v1_billing_meter_no_meter_found");
        assertThat(thin.subject()).isEqualTo("evt_test_thin");
        assertThat(thin.time()).isEmpty();
        assertThat(normalise("{\"id\":\"e\",\"type\":\"v2.x\",\"related_object\":{\"id\":\"acct_1\"}}")
                        .subject())
                .isEqualTo("acct_1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{} | /id",
                "[] | /id",
                "{'id':'evt 1'} | /id",
                "{'id':'evt_1'} | /type",
                "{'id':'evt_1','type':7} | /type",
                "{'id':'evt_1','type':'Invoice Paid'} | /type",
                "{'id':'evt_1','type':'invoice.paid'} | /data/object/id",
                "{'id':'evt_1','type':'invoice.paid','data':{'object':{'id':''}}} | /data/object/id"
            })
    void missingRequiredMembersAreNamed(String json, String pointer) {
        assertThatThrownBy(() -> normalise(json.replace('\'', '"')))
                .isInstanceOfSatisfying(
                        Unreadable.class, it -> assertThat(it.pointer()).isEqualTo(pointer));
        assertThat(normaliser.provider()).isEqualTo("stripe");
    }

    static List<Sample> samples() {
        return Samples.ours("stripe");
    }

    @Test
    void mapsTheVendorsSamples() {
        List<Sample> published = Samples.published("stripe", "event[.].*|object[.]event.json");
        assumeFalse(published.isEmpty(), "the vendors' samples are not here");
        for (Sample sample : published) {
            Samples.fits(normaliser.normalise(sample.delivery()));
            assertThat(Samples.countReadableMutations(normaliser, sample, 300)).isPositive();
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void changedSamplesAreNormalisedOrRefused(Sample sample) {
        Samples.fits(normaliser.normalise(sample.delivery()));
        assertThat(Samples.countReadableMutations(normaliser, sample, 500)).isPositive();
    }
}
