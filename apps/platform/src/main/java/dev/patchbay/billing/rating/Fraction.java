package dev.patchbay.billing.rating;

import dev.patchbay.kernel.Exact;
import java.math.BigDecimal;

/** A part of a whole that is not reduced, such as 21 days of 31. */
public record Fraction(BigDecimal numerator, BigDecimal denominator) {

    public static final Fraction WHOLE = new Fraction(BigDecimal.ONE, BigDecimal.ONE);

    /**
     * Checks the denominator.
     *
     * @throws IllegalArgumentException when the denominator is not positive
     */
    public Fraction {
        if (denominator.signum() <= 0) {
            throw new IllegalArgumentException("a part of " + denominator + " is no fraction");
        }
    }

    /** Returns this part of the amount. */
    public Exact of(Exact amount) {
        return amount.times(numerator).dividedBy(denominator);
    }
}
