package dev.patchbay.billing.invoices;

import dev.patchbay.billing.rating.LineKind;
import dev.patchbay.billing.rating.RatedLine;
import dev.patchbay.kernel.Exact;
import dev.patchbay.kernel.Money;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A line of an invoice before discounts and tax.
 *
 * @param n the period that it charges
 * @param ofCost whether rule and quantity show a provider's cost
 * @param after the cutoff after which usage counts; 0 for all
 * @param upto the cutoff up to which usage counts
 */
record DraftLine(
        int n,
        String charge,
        LineKind kind,
        boolean ofCost,
        String rule,
        Exact quantity,
        Exact exact,
        Money amount,
        long after,
        long upto) {

    static DraftLine of(int n, RatedLine line, boolean ofCost, long upto) {
        return new DraftLine(
                n,
                line.charge(),
                line.kind(),
                ofCost,
                line.rule(),
                line.quantity(),
                line.exact(),
                line.amount(),
                0,
                upto);
    }

    /** Returns the line of a period whose lines were carried over. */
    static DraftLine carriedOver(int n, List<RatedLine> lines, boolean ofCost, Money amount, long upto) {
        String rule = lines.stream().map(RatedLine::rule).collect(Collectors.joining("; "));
        RatedLine first = lines.getFirst();
        return new DraftLine(
                n,
                first.charge(),
                LineKind.CARRIED_OVER,
                ofCost,
                rule,
                first.quantity(),
                Exact.of(amount.amount()),
                amount,
                0,
                upto);
    }

    /** Returns the line about the difference between what a charge comes to now and what was billed. */
    static DraftLine difference(
            int n, RatedLine first, boolean ofCost, Money now, Money billed, long after, long upto) {
        Money amount = now.minus(billed);
        return new DraftLine(
                n,
                first.charge(),
                LineKind.ADJUSTMENT,
                ofCost,
                now + " − " + billed + " billed",
                Exact.of(BigDecimal.ONE),
                Exact.of(amount.amount()),
                amount,
                after,
                upto);
    }
}
