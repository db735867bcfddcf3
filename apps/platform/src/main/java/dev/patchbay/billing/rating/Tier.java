package dev.patchbay.billing.rating;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A tier of prices, which begins at the bound of the tier before it.
 *
 * @param upTo the last unit of this tier, which belongs to it; null when the tier has no bound
 * @param unit the price of a unit
 * @param flat the fee that is charged once any quantity exceeds the tier's lower bound
 */
public record Tier(@Nullable BigDecimal upTo, BigDecimal unit, BigDecimal flat) {}
