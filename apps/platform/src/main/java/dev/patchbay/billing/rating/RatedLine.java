package dev.patchbay.billing.rating;

import dev.patchbay.kernel.Exact;
import dev.patchbay.kernel.Money;
import java.util.List;

/**
 * A line of a rated period.
 *
 * @param charge the charge's key; {@code base} for the base
 * @param rule how the amount comes about, in words and numbers
 * @param quantity before the allowance; of a base, the part of the period
 * @param exact before rounding
 * @param shares of the calls, in the order of their starts, which sum to the amount; empty where no call took part
 */
public record RatedLine(
        String charge, LineKind kind, String rule, Exact quantity, Exact exact, Money amount, List<CallShare> shares) {

    public RatedLine {
        shares = List.copyOf(shares);
    }

    /** A call's part of a line. */
    public record CallShare(CallUsage call, Money amount) {}
}
