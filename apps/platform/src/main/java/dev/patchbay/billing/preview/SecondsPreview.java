package dev.patchbay.billing.preview;

import dev.patchbay.billing.input.JsonInput;
import dev.patchbay.billing.preview.PreviewResponse.BillableSeconds;
import dev.patchbay.billing.preview.PreviewResponse.ProviderSeconds;
import dev.patchbay.billing.rating.Measure;
import dev.patchbay.billing.terms.PerCallRuleReader;
import dev.patchbay.usage.PerCallRule;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.function.Supplier;

/** Computes the seconds for which calls are billed, by a plan's rule and by Retell's documented exceptions. */
final class SecondsPreview {

    private static final int MAX_CALLS = 10_000;
    private static final int MAX_TOKENS = 10_000_000;
    /** The least number of seconds for which Retell bills a call with a dynamic opening message. */
    private static final BigDecimal MIN_DYNAMIC_OPENING = BigDecimal.TEN;
    /** The number of a request's tokens that Retell includes in the price of a model's second. */
    private static final int TOKENS_INCLUDED = 3_500;

    private SecondsPreview() {}

    static Supplier<PreviewResponse> applyRule(JsonInput input) {
        PerCallRule rule = input.object("rule", PerCallRuleReader::read).orElse(Measure.NO_RULE);
        List<BigDecimal> seconds = input.amounts("seconds", MAX_CALLS);
        return () -> {
            List<BigDecimal> billable =
                    seconds.stream().map(rule::billableSeconds).toList();
            return new BillableSeconds(
                    billable.stream().map(Texts::of).toList(),
                    Texts.of(billable.stream().reduce(BigDecimal.ZERO, BigDecimal::add)));
        };
    }

    static Supplier<PreviewResponse> estimateProvider(JsonInput input) {
        BigDecimal seconds = input.requireAmount("seconds");
        boolean dynamic = input.flag("dynamicOpening");
        int tokens = input.wholeNumber("promptTokens", 0, MAX_TOKENS).orElse(0);
        return () -> {
            BigDecimal whole = seconds.setScale(0, RoundingMode.CEILING);
            BigDecimal least = dynamic ? whole.max(MIN_DYNAMIC_OPENING) : whole;
            return new ProviderSeconds(Texts.of(
                    tokens > TOKENS_INCLUDED
                            ? least.multiply(BigDecimal.valueOf(tokens))
                                    .divide(BigDecimal.valueOf(TOKENS_INCLUDED), 0, RoundingMode.CEILING)
                            : least));
        };
    }
}
