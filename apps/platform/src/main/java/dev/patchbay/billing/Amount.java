package dev.patchbay.billing;

import dev.patchbay.kernel.Money;

/**
 * An amount of money over HTTP.
 *
 * @param amount major units as a decimal with the currency's digits: {@code 12.30}
 * @param currency ISO 4217
 */
public record Amount(String amount, String currency) {

    public static Amount of(Money money) {
        return new Amount(money.amount().toPlainString(), money.currency().getCurrencyCode());
    }
}
