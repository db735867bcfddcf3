package dev.patchbay.billing.rating;

import dev.patchbay.billing.rating.RatedCharge.RatedTier;
import dev.patchbay.kernel.Exact;
import dev.patchbay.kernel.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * Computes each call's share of a line. In the order of their starts, calls use up the allowance and then the tiers. The
 * rounded line is split by the amount that each call added to the price.
 */
final class CallShares {

    /** The number of digits at which a repeating decimal is cut; this is far finer than any difference between two calls. */
    private static final int DIGITS = 30;

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private CallShares() {}

    /** Returns the weight of each call, given the quantities of all calls in the order of their starts. */
    static List<BigDecimal> weigh(Charge charge, List<BigDecimal> quantities) {
        List<BigDecimal> weights = switch (charge.model()) {
            case PriceModel.Percentage percentage -> weighCosts(percentage, quantities);
            case PriceModel.UnitPrice _, PriceModel.Volume _ -> weighSteps(charge, quantities, units -> units);
            case PriceModel.Graduated graduated ->
                weighSteps(
                        charge,
                        quantities,
                        units -> TierPricing.priceGraduated(graduated, units).stream()
                                .map(RatedTier::amount)
                                .reduce(Exact.ZERO, Exact::plus));
        };
        boolean nothing = weights.stream().allMatch(weight -> weight.signum() == 0);
        return nothing ? quantities : weights;
    }

    private static List<BigDecimal> weighCosts(PriceModel.Percentage percentage, List<BigDecimal> costs) {
        BigDecimal fixed = percentage.fixed().multiply(HUNDRED);
        return costs.stream()
                .map(cost -> cost.multiply(percentage.percent()).add(fixed))
                .toList();
    }

    @FunctionalInterface
    private interface PriceOf {
        Exact price(Exact units);
    }

    private static List<BigDecimal> weighSteps(Charge charge, List<BigDecimal> quantities, PriceOf prices) {
        var weights = new ArrayList<BigDecimal>();
        BigDecimal sum = BigDecimal.ZERO;
        Exact before = prices.price(ChargeRating.toUnits(charge, sum));
        for (BigDecimal quantity : quantities) {
            sum = sum.add(quantity);
            Exact after = prices.price(ChargeRating.toUnits(charge, sum));
            weights.add(after.minus(before).round(DIGITS, RoundingMode.DOWN));
            before = after;
        }
        return weights;
    }

    /** Splits the amount by the weights into parts that sum to it. */
    static List<Money> split(Money amount, List<BigDecimal> weights) {
        return Allocation.allocate(amount, weights);
    }
}
