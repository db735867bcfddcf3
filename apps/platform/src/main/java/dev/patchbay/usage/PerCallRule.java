package dev.patchbay.usage;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * The seconds of a call that are billed: nothing below {@code freeBelow}, else rounded up to the increment, and at least the
 * minimum. A call of 0 s, which did not connect, stays 0.
 *
 * @param minimum seconds; 0 for none
 * @param increment seconds; 0 for no rounding
 * @param freeBelow seconds; 0 for none
 */
public record PerCallRule(BigDecimal minimum, BigDecimal increment, BigDecimal freeBelow) {

    /** @throws IllegalArgumentException when a member is negative */
    public PerCallRule {
        if (minimum.signum() < 0 || increment.signum() < 0 || freeBelow.signum() < 0) {
            throw new IllegalArgumentException("seconds of a per-call rule are not negative");
        }
    }

    /** @throws IllegalArgumentException when the seconds are negative */
    public BigDecimal billableSeconds(BigDecimal seconds) {
        if (seconds.signum() < 0) {
            throw new IllegalArgumentException("a call does not last " + seconds + " s");
        }
        if (seconds.signum() == 0 || seconds.compareTo(freeBelow) < 0) {
            return BigDecimal.ZERO;
        }
        BigDecimal rounded = increment.signum() == 0
                ? seconds
                : seconds.divide(increment, 0, RoundingMode.CEILING).multiply(increment);
        return rounded.max(minimum);
    }
}
