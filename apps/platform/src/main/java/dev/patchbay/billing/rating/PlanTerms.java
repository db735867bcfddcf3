package dev.patchbay.billing.rating;

import dev.patchbay.billing.rating.InvoiceTotals.Discount;
import dev.patchbay.billing.rating.InvoiceTotals.TaxRounding;
import dev.patchbay.kernel.Money;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The terms of a plan's version, which never change.
 *
 * @param months the length of a period
 * @param anchorDay the day of the month on which periods begin; null for the day of the subscription's start
 * @param base null for none
 * @param trialDays local days from the subscription's start, whose price is taken off again
 * @param graceDays between the end of a period and its invoice
 * @param minimumInvoice a smaller total is carried over to the next invoice
 */
public record PlanTerms(
        Currency currency,
        int months,
        @Nullable Integer anchorDay,
        @Nullable Base base,
        List<PlanCharge> charges,
        List<Discount> discounts,
        int trialDays,
        LineRounding rounding,
        TaxRounding taxRounding,
        int graceDays,
        Money minimumInvoice) {

    public PlanTerms {
        charges = List.copyOf(charges);
        discounts = List.copyOf(discounts);
    }

    /** A fixed amount each period. */
    public record Base(Money amount, BaseTiming when, Prorate prorate) {}

    /** Whether the base is due at the beginning of its period or at the end. */
    public enum BaseTiming {
        ADVANCE,
        ARREARS
    }

    /** How a part of a period is measured. */
    public enum Prorate {
        DAY,
        SECOND
    }

    /** A charge on the client's usage. */
    public record PlanCharge(String key, Measure measure, Charge charge) {}

    /** How parts of periods are measured: as the base says, by days where there is none. */
    public Prorate prorate() {
        return base == null ? Prorate.DAY : base.prorate();
    }
}
