package dev.patchbay.billing.rating;

import java.math.BigDecimal;

/**
 * The quantity that a charge prices.
 *
 * @param amount seconds, calls, or the cost for a percentage
 * @param count of calls, each of which a percentage may charge a fixed amount for
 */
public record MeteredQuantity(BigDecimal amount, long count) {}
