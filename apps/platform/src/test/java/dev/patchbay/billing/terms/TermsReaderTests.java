package dev.patchbay.billing.terms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.billing.input.InputProblem;
import dev.patchbay.billing.rating.PlanTerms;
import dev.patchbay.billing.rating.PlanTerms.Prorate;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TermsReaderTests {

    @Test
    void termsOfTheDesignAreRead() {
        PlanTerms terms = TermsReader.read(Json.read("""
                {"currency": "USD", "cycle": {"months": 1, "anchorDay": 31}, "base": {"amount": "99.00", "when": "advance", "prorate": "day"},
                 "charges": [{"key": "talk", "metric": {"of": "seconds", "where": {"leg": 0}, "perCall": {"minimum": 30, "increment": 6, "freeBelow": 5}},
                   "included": "30000", "per": "60", "round": "none", "model": "graduated", "tiers": [{"upTo": "500", "unit": "0.14"}, {"upTo": null, "unit": "0.11"}],
                   "flatAtZero": false, "discountPercent": "0", "minimum": "50.00", "maximum": null}, {"key": "passthrough", "model": "percentage", "percent": "135", "fixed": "0.01"}],
                 "discounts": [], "trialDays": 0, "rounding": "half_up", "taxRounding": "line", "graceDays": 3, "minimumInvoice": "1.00"}"""));

        assertThat(terms.charges()).extracting(PlanTerms.PlanCharge::key).containsExactly("talk", "passthrough");
        assertThat(terms.anchorDay()).isEqualTo(31);
        assertThat(terms.graceDays()).isEqualTo(3);
        assertThat(terms.minimumInvoice()).hasToString("1.00 USD");
        assertThat(terms.prorate()).isEqualTo(Prorate.DAY);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"charges": []} | /currency
            {"currency": "BTC", "base": {"amount": "1"}} | /currency
            {"currency": "USD"} | /charges
            {"currency": "USD", "base": {}} | /base/amount
            {"currency": "USD", "base": {"amount": "-1"}} | /base/amount
            {"currency": "JPY", "base": {"amount": "1.5"}} | /base/amount
            {"currency": "USD", "base": {"amount": "1", "when": "later"}} | /base/when
            {"currency": "USD", "cycle": {"months": 0}, "base": {"amount": "1"}} | /cycle/months
            {"currency": "USD", "cycle": {"anchorDay": 32}, "base": {"amount": "1"}} | /cycle/anchorDay
            {"currency": "USD", "trialDays": 367, "base": {"amount": "1"}} | /trialDays
            {"currency": "USD", "charges": [{"model": "unit", "unit": "1"}]} | /charges/0/key
            {"currency": "USD", "charges": [{"key": "base", "model": "unit", "unit": "1"}]} | /charges/0/key
            {"currency": "USD", "charges": [{"key": "Talk", "model": "unit", "unit": "1"}]} | /charges/0/key
            {"currency": "USD", "charges": [{"key": "a", "model": "unit", "unit": "1"}, {"key": "a", "model": "unit", "unit": "2"}]} | /charges
            {"currency": "USD", "charges": [{"key": "a", "model": "graduated", "tiers": [{"upTo": "5", "unit": "1"}]}]} | /charges/0/tiers
            {"currency": "USD", "charges": [{"key": "a", "model": "unit", "unit": "1", "metric": {"of": "cost"}}]} | /charges/0/metric/of
            {"currency": "USD", "charges": [{"key": "a", "model": "percentage", "percent": "1", "metric": {"of": "calls"}}]} | /charges/0/metric/of
            {"currency": "USD", "charges": [{"key": "a", "model": "unit", "unit": "1", "metric": {"of": "calls", "where": {"product": "voice"}}}]} | /charges/0/metric/where
            {"currency": "USD", "charges": [{"key": "a", "model": "unit", "unit": "1", "metric": {"of": "calls", "perCall": {"minimum": 1}}}]} | /charges/0/metric/perCall
            {"currency": "USD", "charges": [{"key": "a", "model": "unit", "unit": "1", "metric": {"where": {"leg": 10}}}]} | /charges/0/metric/where/leg
            {"currency": "USD", "charges": [{"key": "a", "model": "percentage", "percent": "100001"}]} | /charges/0/percent
            {"currency": "USD", "charges": [{"key": "a", "model": "unit", "unit": "1", "metric": {"where": {"agent": 5}}}]} | /charges/0/metric/where/agent
            """)
    void senselessTermsAreRefusedWithAPointer(String terms, String pointer) {
        assertThatThrownBy(() -> TermsReader.read(Json.read(terms)))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.problems())
                                .extracting(it -> ((InputProblem) it).pointer())
                                .contains(pointer));
    }
}
