package dev.patchbay.billing.rating;

import java.math.BigDecimal;

/**
 * The quantity that a charge prices.
 *
 * @param amount seconds, calls, or the cost that a percentage is charged on
 * @param count the number of calls; a percentage may charge a fixed amount for each
 */
public record MeteredQuantity(BigDecimal amount, long count) {}
