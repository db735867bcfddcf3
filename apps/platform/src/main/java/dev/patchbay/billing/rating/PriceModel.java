package dev.patchbay.billing.rating;

import java.math.BigDecimal;
import java.util.List;

/** How units become an amount. */
public sealed interface PriceModel {

    /** One price for every unit. */
    record UnitPrice(BigDecimal unit) implements PriceModel {}

    /** Each unit at the price of its own tier. */
    record Graduated(List<Tier> tiers, boolean flatAtZero) implements PriceModel {
        public Graduated {
            tiers = List.copyOf(tiers);
        }
    }

    /** Every unit at the price of the tier that holds the total. */
    record Volume(List<Tier> tiers, boolean flatAtZero) implements PriceModel {
        public Volume {
            tiers = List.copyOf(tiers);
        }
    }

    /**
     * A part of the cost.
     *
     * @param percent 135 is the cost and 35 % more
     * @param fixed for each call
     */
    record Percentage(BigDecimal percent, BigDecimal fixed) implements PriceModel {}
}
