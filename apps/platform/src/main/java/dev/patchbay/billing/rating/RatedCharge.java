package dev.patchbay.billing.rating;

import dev.patchbay.kernel.Exact;
import dev.patchbay.kernel.Money;
import java.util.List;

/**
 * The price of a quantity.
 *
 * @param units after the allowance, {@code per} and the rounding of units
 * @param tiers of a model with tiers: those that anything fell into
 * @param exact before rounding, less the discount
 * @param amount the exact amount, rounded once
 * @param trueUp what the minimum adds; zero or more
 * @param capReduction what the maximum takes off; zero or more
 */
public record RatedCharge(
        Exact units, List<RatedTier> tiers, Exact exact, Money amount, Money trueUp, Money capReduction) {

    public RatedCharge {
        tiers = List.copyOf(tiers);
    }

    /**
     * A tier's part.
     *
     * @param tier 1 is the first
     * @param amount with the flat fee, before the discount
     */
    public record RatedTier(int tier, Exact units, Exact amount) {}

    public Money total() {
        return amount.plus(trueUp).minus(capReduction);
    }
}
