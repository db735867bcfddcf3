package dev.patchbay.billing.rating;

import java.math.BigDecimal;
import java.util.List;

/** The way in which units become an amount. */
public sealed interface PriceModel {

    /** One price for every unit. */
    record UnitPrice(BigDecimal unit) implements PriceModel {}

    /** A price by tiers in which each unit has the price of its own tier. */
    record Graduated(List<Tier> tiers, boolean flatAtZero) implements PriceModel {
        public Graduated {
            tiers = List.copyOf(tiers);
        }
    }

    /** A price by tiers in which every unit has the price of the tier that holds the total. */
    record Volume(List<Tier> tiers, boolean flatAtZero) implements PriceModel {
        public Volume {
            tiers = List.copyOf(tiers);
        }
    }

    /**
     * A percentage of the cost.
     *
     * @param percent the percentage that is charged; 135 means the cost and 35 % more
     * @param fixed the amount that is added for each call
     */
    record Percentage(BigDecimal percent, BigDecimal fixed) implements PriceModel {}
}
