package dev.patchbay.billing.rating;

import dev.patchbay.kernel.Exact;
import dev.patchbay.kernel.Money;
import java.math.RoundingMode;
import java.util.Currency;

/** The rule by which the exact amount of a line becomes whole minor units. */
public enum LineRounding {
    /** Rounds halves away from zero, so that a charge and its credit cancel. */
    HALF_UP(RoundingMode.HALF_UP),
    /** Rounds halves to the even neighbour. */
    HALF_EVEN(RoundingMode.HALF_EVEN);

    private final RoundingMode mode;

    LineRounding(RoundingMode mode) {
        this.mode = mode;
    }

    /**
     * Rounds the amount.
     *
     * @throws ArithmeticException when the amount does not fit
     */
    public Money round(Exact amount, Currency currency) {
        return Money.of(amount.round(currency.getDefaultFractionDigits(), mode), currency);
    }
}
