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
 * @param months the length of a period in months
 * @param anchorDay the day of the month on which periods begin; null for the day of the subscription's start
 * @param base the fixed amount of each period; null for none
 * @param trialDays the number of local days from the subscription's start whose price is taken off again
 * @param graceDays the number of days between the end of a period and its invoice
 * @param minimumInvoice the smallest total that is invoiced; a smaller one is carried over to the next invoice
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

    /** A fixed amount for each period. */
    public record Base(Money amount, BaseTiming when, Prorate prorate) {}

    /** The time at which the base is charged: at the beginning of its period or at the end. */
    public enum BaseTiming {
        ADVANCE,
        ARREARS
    }

    /** The unit in which a part of a period is measured. */
    public enum Prorate {
        DAY,
        SECOND
    }

    /** A charge on the client's usage. */
    public record PlanCharge(String key, Measure measure, Charge charge) {}

    /** Returns the unit in which parts of periods are measured: the base's unit, or days when there is no base. */
    public Prorate prorate() {
        return base == null ? Prorate.DAY : base.prorate();
    }
}
