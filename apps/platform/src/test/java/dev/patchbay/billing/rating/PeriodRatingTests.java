package dev.patchbay.billing.rating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.billing.rating.RatedLine.CallShare;
import dev.patchbay.kernel.Exact;
import dev.patchbay.kernel.Money;
import dev.patchbay.usage.BillableRecord;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Currency;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeriodRatingTests {

    private static final Currency USD = Currency.getInstance("USD");
    private static final PeriodWindow OCTOBER =
            PeriodWindow.of(LocalDate.of(2026, 10, 1), LocalDate.of(2026, 11, 1), ZoneOffset.UTC);

    /** Every model, with allowance, rule for each call, minimum, maximum and discount. */
    private static final PlanTerms EVERYTHING = RatingFixture.terms("""
            {"currency": "USD", "base": {"amount": "99.00", "when": "advance"}, "charges": [
              {"key": "talk", "metric": {"of": "seconds", "where": {"leg": 0}, "perCall": {"minimum": 30, "increment": 6, "freeBelow": 5}},
               "included": "3000", "per": "60", "model": "graduated", "minimum": "20.00", "maximum": "90.00",
               "tiers": [{"upTo": "100", "unit": "0.14", "flat": "1"}, {"upTo": null, "unit": "0.11"}]},
              {"key": "packages", "per": "600", "round": "up", "model": "unit", "unit": "0.35", "discountPercent": "10"},
              {"key": "cliff", "metric": {"of": "calls"}, "model": "volume",
               "tiers": [{"upTo": "50", "unit": "0.10"}, {"upTo": null, "unit": "0.05", "flat": "2"}]},
              {"key": "voice", "metric": {"of": "seconds", "where": {"product": "voice"}}, "model": "unit", "unit": "0.001"},
              {"key": "passthrough", "model": "percentage", "percent": "135", "fixed": "0.01"}]}""");

    private static List<RatedLine> rate(PlanTerms terms, List<BillableRecord> records) {
        return PeriodRating.rate(terms, OCTOBER, null, records);
    }

    private static Money sum(List<RatedLine> lines) {
        return lines.stream().map(RatedLine::amount).reduce(new Money(USD, 0), Money::plus);
    }

    private static RatedLine line(List<RatedLine> lines, String charge, LineKind kind) {
        return lines.stream()
                .filter(line -> line.charge().equals(charge) && line.kind() == kind)
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 10, 60, 200, 700})
    void sharesOfCallsSumToTheirLine(int calls) {
        List<RatedLine> lines = rate(EVERYTHING, RatingFixture.randomCalls(new Random(calls), calls));

        assertThat(lines)
                .extracting(RatedLine::charge)
                .contains("base", "talk", "packages", "cliff", "voice", "passthrough");
        for (RatedLine line : lines) {
            if (!line.shares().isEmpty()) {
                assertThat(line.shares().stream().map(CallShare::amount).reduce(new Money(USD, 0), Money::plus))
                        .as(line.charge() + " " + line.kind())
                        .isEqualTo(line.amount());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 5, 80, 300})
    void theOrderOfRecordsDoesNotMatter(int calls) {
        List<BillableRecord> records = RatingFixture.randomCalls(new Random(calls), calls);
        var shuffled = new ArrayList<>(records);
        Collections.shuffle(shuffled, new Random(7));

        assertThat(rate(EVERYTHING, shuffled)).isEqualTo(rate(EVERYTHING, records));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 40, 250})
    void aPeriodInTwoPartsCountsEachCallOnceAndTheWholeBase(int calls) {
        PlanTerms linear = RatingFixture.terms("""
                {"currency": "USD", "base": {"amount": "31.00"}, "charges": [
                  {"key": "talk", "model": "unit", "unit": "1"}]}""");
        List<BillableRecord> records = RatingFixture.randomCalls(new Random(calls), calls);
        LocalDate change = LocalDate.of(2026, 10, 11);

        List<RatedLine> first = PeriodRating.rate(linear, OCTOBER.part(OCTOBER.from(), change), null, records);
        List<RatedLine> second = PeriodRating.rate(linear, OCTOBER.part(change, OCTOBER.to()), null, records);

        assertThat(sum(first).plus(sum(second))).isEqualTo(sum(rate(linear, records)));
        assertThat(line(first, "base", LineKind.BASE).amount()).hasToString("10.00 USD");
        assertThat(line(second, "base", LineKind.BASE).rule()).isEqualTo("31.00 USD × 21/31");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void moreUsageNeverCostsLessByGraduatedTiers(int seed) {
        Charge charge = EVERYTHING.charges().getFirst().charge();
        var random = new Random(seed);
        BigDecimal quantity = BigDecimal.ZERO;
        Money before = new Money(USD, 0);
        for (int step = 0; step < 200; step++) {
            quantity = quantity.add(BigDecimal.valueOf(random.nextInt(300_000), 3));
            Money after = ChargeRating.rate(charge, new MeteredQuantity(quantity, 0), USD)
                    .total();
            assertThat(after.minorUnits()).isGreaterThanOrEqualTo(before.minorUnits());
            before = after;
        }
    }

    @Test
    void callsConsumeTheAllowanceInTheOrderOfTheirStarts() {
        PlanTerms terms = RatingFixture.terms("""
                {"currency": "USD", "charges": [{"key": "talk", "included": "60", "per": "60", "model": "graduated",
                  "tiers": [{"upTo": "1", "unit": "0.50"}, {"upTo": null, "unit": "0.10"}]}]}""");
        Instant noon = Instant.parse("2026-10-10T12:00:00Z");
        List<BillableRecord> records = new RatingFixture()
                .call("third", noon.plusSeconds(600), 120, "1")
                .call("first", noon, 60, "1")
                .call("second", noon.plusSeconds(300), 60, "1")
                .records();

        RatedLine line = rate(terms, records).getFirst();

        assertThat(line.amount()).hasToString("0.70 USD");
        assertThat(line.rule()).isEqualTo("240 − 60 included, per 60 = 3; 1 × 0.5 + 2 × 0.1");
        assertThat(line.shares())
                .extracting(share -> share.call().subject() + " " + share.amount())
                .containsExactly("first 0.00 USD", "second 0.50 USD", "third 0.20 USD");
    }

    @Test
    void callsAreNotRoundedIndividually() {
        PlanTerms terms = RatingFixture.terms("""
                {"currency": "USD", "charges": [{"key": "talk", "per": "60", "model": "unit", "unit": "0.12"}]}""");
        var fixture = new RatingFixture();
        for (int call = 0; call < 1_000; call++) {
            fixture.call("call_" + call, RatingFixture.START.plusSeconds(call), 37, "0");
        }

        assertThat(rate(terms, fixture.records()).getFirst().amount()).hasToString("74.00 USD");
    }

    @Test
    void aCallThatWasTakenBackCountsNothingAndACorrectedOneOnce() {
        PlanTerms terms = RatingFixture.terms("""
                {"currency": "USD", "charges": [{"key": "calls", "metric": {"of": "calls"}, "model": "unit", "unit": "1"},
                  {"key": "cost", "model": "percentage", "percent": "100", "fixed": "0.5"}]}""");
        Instant noon = Instant.parse("2026-10-10T12:00:00Z");
        List<BillableRecord> records = new RatingFixture()
                .call("gone", noon, 60, "1")
                .reverse("gone")
                .call("corrected", noon, 60, "1")
                .reverse("corrected")
                .call("corrected", noon, 60, "3")
                .records();

        List<RatedLine> lines = rate(terms, records);

        assertThat(line(lines, "calls", LineKind.USAGE).amount()).hasToString("1.00 USD");
        assertThat(line(lines, "cost", LineKind.USAGE).amount()).hasToString("3.50 USD");
        assertThat(line(lines, "cost", LineKind.USAGE).rule()).isEqualTo("100 % of 3 + 1 × 0.5");
    }

    @Test
    void minimumAndMaximumAreLinesOfTheirOwn() {
        PlanTerms terms = RatingFixture.terms("""
                {"currency": "USD", "charges": [
                  {"key": "least", "model": "unit", "unit": "0.01", "minimum": "10.00"},
                  {"key": "most", "model": "volume", "tiers": [{"unit": "1", "flat": "2"}], "maximum": "10.00", "discountPercent": "50"}]}""");
        List<BillableRecord> records =
                new RatingFixture().call("one", RatingFixture.START, 60, "0").records();

        List<RatedLine> lines = rate(terms, records);

        assertThat(line(lines, "least", LineKind.MINIMUM).amount()).hasToString("9.40 USD");
        assertThat(line(lines, "most", LineKind.USAGE).rule()).isEqualTo("60 = 60; 60 × 1 + 2; less 50 %");
        assertThat(line(lines, "most", LineKind.MAXIMUM).amount()).hasToString("-21.00 USD");
        assertThat(line(lines, "most", LineKind.MAXIMUM).shares()).hasSize(1);
    }

    @Test
    void aTrialTakesOffItsCallsAndItsPartOfTheBase() {
        PlanTerms terms = RatingFixture.terms("""
                {"currency": "USD", "trialDays": 10, "base": {"amount": "31.00"},
                 "charges": [{"key": "calls", "metric": {"of": "calls"}, "model": "unit", "unit": "1"}]}""");
        List<BillableRecord> records = new RatingFixture()
                .call("early", Instant.parse("2026-10-10T23:59:59Z"), 60, "0")
                .call("late", Instant.parse("2026-10-11T00:00:00Z"), 60, "0")
                .records();
        Instant end = Instant.parse("2026-10-11T00:00:00Z");

        List<RatedLine> lines = PeriodRating.rate(terms, OCTOBER, end, records);

        assertThat(line(lines, "base", LineKind.TRIAL).amount()).hasToString("-10.00 USD");
        assertThat(line(lines, "calls", LineKind.TRIAL).amount()).hasToString("-1.00 USD");
        assertThat(sum(lines)).hasToString("22.00 USD");
        assertThat(sum(PeriodRating.rate(terms, OCTOBER, OCTOBER.endsAt(), records)))
                .hasToString("0.00 USD");
        assertThat(sum(PeriodRating.rate(terms, OCTOBER, OCTOBER.startsAt(), records)))
                .hasToString("33.00 USD");
    }

    @Test
    void partsOfAPeriodBySecondFollowTheClock() {
        PlanTerms terms = RatingFixture.terms("""
                {"currency": "USD", "base": {"amount": "25.00", "prorate": "second"}}""");
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        var day = PeriodWindow.of(LocalDate.of(2026, 10, 25), LocalDate.of(2026, 10, 26), berlin);
        var window = new PeriodWindow(
                day.from(), day.to(), day.startsAt(), day.startsAt().plusSeconds(7_200), day.from(), day.to(), berlin);

        assertThat(PeriodRating.rate(terms, window, null, List.of()).getFirst().amount())
                .hasToString("2.00 USD");
    }

    @Test
    void aPercentageOfACostInAnotherCurrencyHasNoPrice() {
        PlanTerms terms = RatingFixture.terms("""
                {"currency": "USD", "charges": [{"key": "cost", "model": "percentage", "percent": "100"}]}""");
        List<BillableRecord> records = new RatingFixture()
                .add("one", RatingFixture.START, "voice", "seconds", 60, "1", "EUR")
                .records();

        assertThatThrownBy(() -> rate(terms, records))
                .isInstanceOf(UnpricedQuantity.class)
                .hasMessageContaining("EUR");
    }

    @Test
    void quantitiesAreThoseOfTheirProductLegAndAgent() {
        PlanTerms terms = RatingFixture.terms("""
                {"currency": "USD", "charges": [
                  {"key": "sms", "metric": {"of": "segments"}, "model": "unit", "unit": "1"},
                  {"key": "llm", "metric": {"of": "tokens"}, "model": "unit", "unit": "0.01"},
                  {"key": "leg", "metric": {"of": "seconds", "where": {"leg": 1}}, "model": "unit", "unit": "1"},
                  {"key": "other", "metric": {"of": "calls", "where": {"agent": "agent_2"}}, "model": "unit", "unit": "1"},
                  {"key": "voice", "metric": {"of": "cost", "where": {"product": "voice"}}, "model": "percentage", "percent": "100"}]}""");
        List<BillableRecord> records = new RatingFixture()
                .call("call", RatingFixture.START, 60, "0.25")
                .add("sms", RatingFixture.START, "sms", "segments", 3, "0.1", "USD")
                .add("llm", RatingFixture.START, "model", "tokens", 1_000, "0.1", "USD")
                .records();

        assertThat(rate(terms, records))
                .extracting(line -> line.charge() + " " + line.amount().amount())
                .containsExactly("sms 3.00", "llm 10.00", "leg 0.00", "other 0.00", "voice 0.25");
    }

    @Test
    void creditsOfCostsAreSharedWithTheirSign() {
        PlanTerms terms = RatingFixture.terms("""
                {"currency": "USD", "charges": [{"key": "cost", "model": "percentage", "percent": "100"}]}""");
        List<BillableRecord> records = new RatingFixture()
                .add("credit", RatingFixture.START, "voice", "seconds", 0, "-3", "USD")
                .add("one", RatingFixture.START.plusSeconds(1), "voice", "seconds", 0, "1", "USD")
                .records();

        RatedLine line = rate(terms, records).getFirst();

        assertThat(line.amount()).hasToString("-2.00 USD");
        assertThat(line.shares())
                .extracting(share -> share.amount().toString())
                .containsExactly("-3.00 USD", "1.00 USD");
    }

    @Test
    void weightsThatSumToZeroWeighTheSame() {
        assertThat(Allocation.allocate(new Money(USD, 5), List.of(BigDecimal.ONE, BigDecimal.ONE.negate())))
                .extracting(Money::minorUnits)
                .containsExactly(3L, 2L);
    }

    @Test
    void impossibleCyclesAndFractionsAreRefused() {
        LocalDate day = LocalDate.of(2027, 1, 31);
        assertThatThrownBy(() -> new BillingCycle(day, 0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new BillingCycle(day, 32, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new BillingCycle(day, 1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Fraction(BigDecimal.ONE, BigDecimal.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(new BillingCycle(LocalDate.of(2027, 1, 10), 31, 1).wholeStartOf(0))
                .isEqualTo(LocalDate.of(2026, 12, 31));
        assertThat(BillingCycle.of(day, 1).startOf(1)).isEqualTo(LocalDate.of(2027, 2, 28));
        assertThat(UnitRounding.NONE.round(Exact.ZERO)).isEqualTo(Exact.ZERO);
    }
}
