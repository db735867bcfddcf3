package dev.patchbay.billing.rating;

import dev.patchbay.kernel.Exact;
import dev.patchbay.kernel.Money;
import java.util.List;

/**
 * The price of a quantity.
 *
 * @param units the units after the allowance, the division by {@code per} and the rounding of units
 * @param tiers the tiers that units fell into, for a model with tiers
 * @param exact the amount before rounding, less the discount
 * @param amount the exact amount, rounded once
 * @param trueUp the amount that the minimum adds; zero or more
 * @param capReduction the amount that the maximum takes off; zero or more
 */
public record RatedCharge(
        Exact units, List<RatedTier> tiers, Exact exact, Money amount, Money trueUp, Money capReduction) {

    public RatedCharge {
        tiers = List.copyOf(tiers);
    }

    /**
     * The part of the price that a tier contributes.
     *
     * @param tier the tier's number; 1 is the first
     * @param amount the amount with the flat fee, before the discount
     */
    public record RatedTier(int tier, Exact units, Exact amount) {}

    public Money total() {
        return amount.plus(trueUp).minus(capReduction);
    }
}
