package dev.patchbay.billing.rating;

import dev.patchbay.billing.rating.RatedCharge.RatedTier;
import dev.patchbay.kernel.Exact;
import dev.patchbay.kernel.Money;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;

/**
 * Rates a charge in a fixed order: it subtracts the allowance, divides by {@code per}, rounds units, applies tiers, subtracts
 * the discount and rounds once. The minimum and the maximum apply to the rounded amount.
 */
public final class ChargeRating {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private ChargeRating() {}

    /**
     * Rates the charge for the whole period, as {@link #rate(Charge, MeteredQuantity, Fraction, Currency)} does for a part of
     * one.
     */
    public static RatedCharge rate(Charge charge, MeteredQuantity quantity, Currency currency) {
        return rate(charge, quantity, Fraction.WHOLE, currency);
    }

    /**
     * Rates the charge for a part of a period.
     *
     * @param ofPeriod the part of the period; the minimum is reduced to this part
     * @throws UnpricedQuantity when the quantity is beyond the last tier
     * @throws ArithmeticException when an amount does not fit
     */
    public static RatedCharge rate(Charge charge, MeteredQuantity quantity, Fraction ofPeriod, Currency currency) {
        Exact units = toUnits(charge, quantity.amount());
        List<RatedTier> tiers = priceTiers(charge.model(), units);
        Exact exact = sumUp(charge.model(), units, tiers, quantity.count());
        Exact discounted =
                exact.times(HUNDRED.subtract(charge.discountPercent())).dividedBy(HUNDRED);
        Money amount = charge.rounding().round(discounted, currency);
        Money nothing = new Money(currency, 0);
        BigDecimal minimum = charge.minimum();
        BigDecimal maximum = charge.maximum();
        Money trueUp = minimum == null
                ? nothing
                : positive(charge.rounding()
                        .round(ofPeriod.of(Exact.of(minimum)), currency)
                        .minus(amount));
        Money capReduction = maximum == null
                ? nothing
                : positive(amount.minus(charge.rounding().round(Exact.of(maximum), currency)));
        return new RatedCharge(units, tiers, discounted, amount, trueUp, capReduction);
    }

    private static List<RatedTier> priceTiers(PriceModel model, Exact units) {
        return switch (model) {
            case PriceModel.Graduated graduated -> TierPricing.priceGraduated(graduated, units);
            case PriceModel.Volume volume -> TierPricing.priceVolume(volume, units);
            case PriceModel.UnitPrice _, PriceModel.Percentage _ -> List.of();
        };
    }

    private static Exact sumUp(PriceModel model, Exact units, List<RatedTier> tiers, long count) {
        return switch (model) {
            case PriceModel.UnitPrice price -> units.times(price.unit());
            case PriceModel.Percentage percentage -> priceCost(percentage, units, count);
            case PriceModel.Graduated _, PriceModel.Volume _ ->
                tiers.stream().map(RatedTier::amount).reduce(Exact.ZERO, Exact::plus);
        };
    }

    /**
     * Returns the units that are priced. A cost is not divided into units: it has no allowance, and a credit may make it
     * negative.
     */
    static Exact toUnits(Charge charge, BigDecimal quantity) {
        if (charge.model() instanceof PriceModel.Percentage) {
            return Exact.of(quantity);
        }
        Exact above = Exact.of(quantity).minus(charge.included());
        return above.signum() <= 0 ? Exact.ZERO : charge.round().round(above.dividedBy(charge.per()));
    }

    private static Exact priceCost(PriceModel.Percentage percentage, Exact cost, long count) {
        return cost.times(percentage.percent())
                .dividedBy(HUNDRED)
                .plus(Exact.of(percentage.fixed().multiply(BigDecimal.valueOf(count))));
    }

    private static Money positive(Money amount) {
        return amount.minorUnits() < 0 ? new Money(amount.currency(), 0) : amount;
    }
}
