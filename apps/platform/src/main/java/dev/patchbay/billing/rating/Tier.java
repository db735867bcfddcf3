package dev.patchbay.billing.rating;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A tier of prices, from the bound of the tier before it.
 *
 * @param upTo the last unit of this tier, which belongs to it; null without a bound
 * @param unit the price of a unit
 * @param flat due once anything exceeds the tier's lower bound
 */
public record Tier(@Nullable BigDecimal upTo, BigDecimal unit, BigDecimal flat) {}
