package dev.patchbay.billing.rating;

import dev.patchbay.kernel.Exact;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A price for a quantity.
 *
 * @param included the quantity that costs nothing, in the quantity's unit before the division by {@code per}
 * @param per the quantity that makes one unit: 60 for a price per minute when the quantity is in seconds
 * @param discountPercent the discount on the exact amount
 * @param minimum the minimum of the rounded amount; null for none
 * @param maximum the maximum of the rounded amount; null for none
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

    /** Returns the same charge with another allowance, for example for a part of a period. */
    public Charge withIncluded(Exact allowance) {
        return new Charge(model, allowance, per, round, discountPercent, minimum, maximum, rounding);
    }
}
