package dev.patchbay.billing.invoices;

import dev.patchbay.billing.rating.LineKind;
import dev.patchbay.kernel.Money;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A line of a finalized invoice.
 *
 * @param line the number of the line; 1 is the first
 * @param n the period that it charges
 * @param ofCost whether rule and quantity show a provider's cost
 * @param quantity an exact number
 * @param exact the amount before rounding
 * @param net the amount after the discounts of the invoice
 * @param after the cutoff after which usage counts; 0 for all
 * @param upto the cutoff up to which usage counts
 * @param correctsLine the line that a credit takes back; null for other kinds
 */
public record InvoiceLine(
        int line,
        int n,
        String charge,
        LineKind kind,
        boolean ofCost,
        String rule,
        String quantity,
        String exact,
        Money amount,
        Money net,
        BigDecimal taxPercent,
        Money tax,
        long after,
        long upto,
        @Nullable Integer correctsLine) {}
