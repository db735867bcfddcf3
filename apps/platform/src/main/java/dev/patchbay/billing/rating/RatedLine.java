package dev.patchbay.billing.rating;

import dev.patchbay.kernel.Exact;
import dev.patchbay.kernel.Money;
import java.util.List;

/**
 * A line of a rated period.
 *
 * @param charge the charge's key; {@code base} for the base
 * @param rule the computation of the amount, in words and numbers
 * @param quantity the quantity before the allowance; for a base, the part of the period
 * @param exact the amount before rounding
 * @param shares the shares of the calls in the order of their starts, which sum to the amount; empty when no call took part
 */
public record RatedLine(
        String charge, LineKind kind, String rule, Exact quantity, Exact exact, Money amount, List<CallShare> shares) {

    public RatedLine {
        shares = List.copyOf(shares);
    }

    /** A call's part of a line. */
    public record CallShare(CallUsage call, Money amount) {}
}
