package dev.patchbay.usage.reports;

import java.math.BigDecimal;

/**
 * An amount of money over HTTP.
 *
 * @param amount major units as a decimal with all its digits, at least two after the point: {@code 0.066}, {@code 12.00}
 * @param currency ISO 4217
 */
public record Amount(String amount, String currency) {

    private static final int MIN_DIGITS = 2;

    public static Amount of(BigDecimal amount, String currency) {
        BigDecimal stripped = amount.stripTrailingZeros();
        return new Amount(
                stripped.setScale(Math.max(MIN_DIGITS, stripped.scale())).toPlainString(), currency);
    }
}
