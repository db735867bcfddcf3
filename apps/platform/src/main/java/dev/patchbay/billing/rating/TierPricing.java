package dev.patchbay.billing.rating;

import dev.patchbay.billing.rating.RatedCharge.RatedTier;
import dev.patchbay.kernel.Exact;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Computes the parts that tiers contribute to a price. */
final class TierPricing {

    private TierPricing() {}

    /** Prices in each tier the units between its lower and its upper bound. */
    static List<RatedTier> priceGraduated(PriceModel.Graduated model, Exact units) {
        if (units.signum() == 0) {
            return priceNothing(model.tiers(), model.flatAtZero());
        }
        var parts = new ArrayList<RatedTier>();
        Exact lower = Exact.ZERO;
        for (Tier tier : model.tiers()) {
            Exact upper = endOf(tier, units);
            parts.add(priceTier(parts.size() + 1, tier, upper.minus(lower)));
            if (upper.compareTo(units) == 0) {
                return parts;
            }
            lower = upper;
        }
        throw beyond(model.tiers(), units);
    }

    /** Prices every unit in the tier that holds the total. */
    static List<RatedTier> priceVolume(PriceModel.Volume model, Exact units) {
        if (units.signum() == 0) {
            return priceNothing(model.tiers(), model.flatAtZero());
        }
        int number = 0;
        for (Tier tier : model.tiers()) {
            number++;
            if (endOf(tier, units).compareTo(units) == 0) {
                return List.of(priceTier(number, tier, units));
            }
        }
        throw beyond(model.tiers(), units);
    }

    private static List<RatedTier> priceNothing(List<Tier> tiers, boolean flatAtZero) {
        return flatAtZero ? List.of(priceTier(1, tiers.getFirst(), Exact.ZERO)) : List.of();
    }

    private static RatedTier priceTier(int number, Tier tier, Exact units) {
        return new RatedTier(number, units, units.times(tier.unit()).plus(Exact.of(tier.flat())));
    }

    /** Returns the tier's upper bound, or the units when they end before it. */
    private static Exact endOf(Tier tier, Exact units) {
        BigDecimal bound = tier.upTo();
        return bound == null || Exact.of(bound).compareTo(units) >= 0 ? units : Exact.of(bound);
    }

    private static UnpricedQuantity beyond(List<Tier> tiers, Exact units) {
        return new UnpricedQuantity("The last tier ends at " + tiers.getLast().upTo() + ", and there are " + units
                + " units; a last tier without a bound would price them.");
    }
}
