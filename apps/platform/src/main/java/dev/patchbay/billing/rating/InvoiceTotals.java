package dev.patchbay.billing.rating;

import dev.patchbay.kernel.Exact;
import dev.patchbay.kernel.Money;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The totals of an invoice. Discounts are subtracted from the lines in order, then tax is added, then the credit is subtracted.
 *
 * @param subtotal the sum of the lines before discounts
 * @param discounts the amount that each discount took off
 * @param nets the amount of each line after the discounts
 * @param taxes the tax of each line, or of each rate in the order of its first line
 * @param due the amount that remains to be paid after the credit
 */
public record InvoiceTotals(
        Money subtotal,
        List<Money> discounts,
        List<Money> nets,
        Money net,
        List<Money> taxes,
        Money tax,
        Money total,
        Money due) {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    public InvoiceTotals {
        discounts = List.copyOf(discounts);
        nets = List.copyOf(nets);
        taxes = List.copyOf(taxes);
    }

    /** A line with its tax rate. */
    public record TaxedLine(Money amount, BigDecimal taxPercent) {}

    /** A discount, either a percentage of the remainder or a fixed amount; exactly one of the two is present. */
    public record Discount(
            @Nullable BigDecimal percent, @Nullable Money amount) {}

    /** The place of tax rounding: on each line, or once on the sum of each rate. */
    public enum TaxRounding {
        LINE,
        RATE
    }

    /**
     * Computes the totals.
     *
     * @param credit the client's credit, which pays the total as far as it suffices
     */
    public static InvoiceTotals compute(
            Currency currency,
            List<TaxedLine> lines,
            List<Discount> discounts,
            TaxRounding taxRounding,
            LineRounding rounding,
            Money credit) {
        Money nothing = new Money(currency, 0);
        List<Money> nets = new ArrayList<>(lines.stream().map(TaxedLine::amount).toList());
        Money subtotal = sum(nets, nothing);
        var reductions = new ArrayList<Money>();
        for (Discount discount : discounts) {
            Money reduction = reductionBy(discount, sum(nets, nothing), rounding);
            List<Money> parts = Allocation.allocate(
                    reduction, nets.stream().map(Money::amount).toList());
            for (int at = 0; at < parts.size(); at++) {
                nets.set(at, nets.get(at).minus(parts.get(at)));
            }
            reductions.add(reduction);
        }
        List<Money> taxes =
                taxRounding == TaxRounding.LINE ? taxLines(lines, nets, rounding) : taxRates(lines, nets, rounding);
        Money net = sum(nets, nothing);
        Money tax = sum(taxes, nothing);
        Money total = net.plus(tax);
        return new InvoiceTotals(
                subtotal, reductions, nets, net, taxes, tax, total, total.minus(usable(credit, total)));
    }

    /** Returns the amount that a discount takes off. A discount never takes a remainder below zero. */
    private static Money reductionBy(Discount discount, Money remainder, LineRounding rounding) {
        Currency currency = remainder.currency();
        if (remainder.minorUnits() <= 0) {
            return new Money(currency, 0);
        }
        BigDecimal percent = discount.percent();
        Money amount = discount.amount();
        Money requested =
                amount != null ? amount : percentOf(remainder, percent == null ? BigDecimal.ZERO : percent, rounding);
        return new Money(currency, Math.min(requested.minorUnits(), remainder.minorUnits()));
    }

    private static List<Money> taxLines(List<TaxedLine> lines, List<Money> nets, LineRounding rounding) {
        var taxes = new ArrayList<Money>();
        for (int at = 0; at < lines.size(); at++) {
            taxes.add(percentOf(nets.get(at), lines.get(at).taxPercent(), rounding));
        }
        return taxes;
    }

    private static List<Money> taxRates(List<TaxedLine> lines, List<Money> nets, LineRounding rounding) {
        Map<BigDecimal, Money> byRate = new LinkedHashMap<>();
        for (int at = 0; at < lines.size(); at++) {
            byRate.merge(lines.get(at).taxPercent().stripTrailingZeros(), nets.get(at), Money::plus);
        }
        return byRate.entrySet().stream()
                .map(rate -> percentOf(rate.getValue(), rate.getKey(), rounding))
                .toList();
    }

    private static Money percentOf(Money amount, BigDecimal percent, LineRounding rounding) {
        return rounding.round(Exact.of(amount.amount()).times(percent).dividedBy(HUNDRED), amount.currency());
    }

    private static Money usable(Money credit, Money total) {
        return new Money(total.currency(), Math.clamp(credit.minorUnits(), 0, Math.max(0, total.minorUnits())));
    }

    private static Money sum(List<Money> amounts, Money nothing) {
        return amounts.stream().reduce(nothing, Money::plus);
    }
}
