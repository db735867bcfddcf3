package dev.patchbay.billing.rating;

import dev.patchbay.kernel.Exact;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A price for a quantity.
 *
 * @param included what costs nothing, in the quantity's unit before {@code per}
 * @param per how much of the quantity is one unit: 60 for a price a minute on seconds
 * @param discountPercent off the exact amount
 * @param minimum of the rounded amount; null for none
 * @param maximum of the rounded amount; null for none
 */
public record Charge(
        PriceModel model,
        Exact included,
        BigDecimal per,
        UnitRounding round,
        BigDecimal discountPercent,
        @Nullable BigDecimal minimum,
        @Nullable BigDecimal maximum,
        LineRounding rounding) {

    /** The same charge with another allowance, as of a part of a period. */
    public Charge withIncluded(Exact allowance) {
        return new Charge(model, allowance, per, round, discountPercent, minimum, maximum, rounding);
    }
}
