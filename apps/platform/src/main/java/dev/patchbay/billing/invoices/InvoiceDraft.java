package dev.patchbay.billing.invoices;

import dev.patchbay.billing.rating.Allocation;
import dev.patchbay.billing.rating.InvoiceTotals;
import dev.patchbay.billing.rating.InvoiceTotals.Discount;
import dev.patchbay.billing.rating.InvoiceTotals.TaxRounding;
import dev.patchbay.billing.rating.InvoiceTotals.TaxedLine;
import dev.patchbay.billing.rating.PlanTerms;
import dev.patchbay.billing.subscriptions.Subscription;
import dev.patchbay.kernel.Money;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * An invoice that has been computed and not stored.
 *
 * @param n the period that it is about; 0 for the base that is due before the first one
 * @param upto the cutoff of its usage
 * @param taxes the tax of each line
 * @param ratings the ratings that it was computed from
 */
record InvoiceDraft(
        InvoiceKind kind,
        int n,
        long upto,
        List<DraftLine> lines,
        InvoiceTotals totals,
        List<Money> taxes,
        List<RatedPeriod> ratings) {

    static InvoiceDraft of(
            InvoiceKind kind,
            int n,
            long upto,
            Subscription subscription,
            List<DraftLine> lines,
            List<RatedPeriod> ratings) {
        PlanTerms terms = subscription.planTerms();
        // A fixed discount is granted once a period, so it is not granted again for late usage.
        List<Discount> discounts = kind == InvoiceKind.REGULAR && n > 0
                ? terms.discounts()
                : terms.discounts().stream()
                        .filter(discount -> discount.amount() == null)
                        .toList();
        InvoiceTotals totals = InvoiceTotals.compute(
                terms.currency(),
                lines.stream()
                        .map(line -> new TaxedLine(line.amount(), subscription.taxPercent()))
                        .toList(),
                discounts,
                terms.taxRounding(),
                terms.rounding(),
                new Money(terms.currency(), 0));
        List<Money> taxes = terms.taxRounding() == TaxRounding.LINE
                ? totals.taxes()
                : Allocation.allocate(
                        totals.tax(), totals.nets().stream().map(Money::amount).toList());
        return new InvoiceDraft(kind, n, upto, List.copyOf(lines), totals, taxes, List.copyOf(ratings));
    }

    /** Returns the digest of the ratings and of the lines, which also depend on what was billed before. */
    byte[] inputs() {
        var digest = new RatingDigest().add(kind).add(n);
        ratings.forEach(rated -> digest.add(rated.inputs()));
        for (DraftLine line : lines) {
            digest.add(line.n()).add(line.charge()).add(line.kind()).add(line.amount());
        }
        return digest.finish();
    }

    /** Returns the lines with their share of discounts and tax. */
    List<InvoiceLine> toLines(BigDecimal taxPercent) {
        var stored = new ArrayList<InvoiceLine>();
        for (DraftLine line : lines) {
            int at = stored.size();
            stored.add(new InvoiceLine(
                    at + 1,
                    line.n(),
                    line.charge(),
                    line.kind(),
                    line.ofCost(),
                    line.rule(),
                    line.quantity().toString(),
                    line.exact().toString(),
                    line.amount(),
                    totals.nets().get(at),
                    taxPercent,
                    taxes.get(at),
                    line.after(),
                    line.upto(),
                    null));
        }
        return stored;
    }

    Money total() {
        return totals.total();
    }
}
