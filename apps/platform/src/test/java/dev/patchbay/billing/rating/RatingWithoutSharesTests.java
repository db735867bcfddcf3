package dev.patchbay.billing.rating;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.usage.BillableRecord;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Leaving out the shares of calls changes nothing else. */
class RatingWithoutSharesTests {

    private static final PeriodWindow OCTOBER =
            PeriodWindow.of(LocalDate.parse("2026-10-01"), LocalDate.parse("2026-11-01"), ZoneOffset.UTC);

    private static final PlanTerms TERMS = RatingFixture.terms("""
            {"currency": "USD", "base": {"amount": "9.00"}, "charges": [
              {"key": "talk", "per": "60", "included": "6000", "model": "graduated", "minimum": "90.00",
                "tiers": [{"upTo": "100", "unit": "0.14"}, {"upTo": null, "unit": "0.11"}]},
              {"key": "passthrough", "model": "percentage", "percent": "135", "fixed": "0.01", "maximum": "5.00"}]}""");

    private static List<RatedLine> withoutShares(List<RatedLine> lines) {
        return lines.stream()
                .map(line -> new RatedLine(
                        line.charge(),
                        line.kind(),
                        line.rule(),
                        line.quantity(),
                        line.exact(),
                        line.amount(),
                        List.of()))
                .toList();
    }

    @Test
    void theLinesAreTheSame() {
        for (int seed = 0; seed < 20; seed++) {
            List<BillableRecord> records = RatingFixture.randomCalls(new Random(seed), 30);
            assertThat(PeriodRating.rateWithoutShares(TERMS, OCTOBER, null, records))
                    .isEqualTo(withoutShares(PeriodRating.rate(TERMS, OCTOBER, null, records)));
        }
    }

    @Test
    void aTrialTakesOffTheSame() {
        List<BillableRecord> records = RatingFixture.randomCalls(new Random(1), 30);
        Instant middle = RatingFixture.START.plusSeconds(15 * 86_400);
        assertThat(PeriodRating.rateWithoutShares(TERMS, OCTOBER, middle, records))
                .isEqualTo(PeriodRating.rate(TERMS, OCTOBER, middle, records));
        assertThat(PeriodRating.rateWithoutShares(TERMS, OCTOBER, RatingFixture.START, records))
                .isEqualTo(withoutShares(PeriodRating.rate(TERMS, OCTOBER, RatingFixture.START, records)));
    }
}
