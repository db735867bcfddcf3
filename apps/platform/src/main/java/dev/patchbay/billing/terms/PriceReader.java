package dev.patchbay.billing.terms;

import dev.patchbay.billing.input.JsonInput;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.Optional;

/** Reads prices, percentages and amounts within bounds that only a mistake exceeds. */
final class PriceReader {

    /** The largest price in major units. */
    private static final BigDecimal MAX_PRICE = BigDecimal.valueOf(1_000_000_000);

    private PriceReader() {}

    /** Reads a price, which may have fractions of a minor unit. */
    static Optional<BigDecimal> price(JsonInput input, String member) {
        Optional<BigDecimal> price = input.amount(member);
        if (price.isPresent() && price.get().compareTo(MAX_PRICE) > 0) {
            input.reject(member, "A price is at most " + MAX_PRICE + ".");
            return Optional.empty();
        }
        return price;
    }

    /** Reads an amount without a fraction of a minor unit. */
    static Optional<BigDecimal> money(JsonInput input, String member, Currency currency) {
        Optional<BigDecimal> money = price(input, member);
        int digits = currency.getDefaultFractionDigits();
        if (money.isPresent() && money.get().stripTrailingZeros().scale() > digits) {
            input.reject(member, currency + " has " + digits + " digits after the point.");
            return Optional.empty();
        }
        return money;
    }

    /** Reads a percentage; a missing member reads as zero. */
    static BigDecimal percent(JsonInput input, String member, int max) {
        BigDecimal percent = input.amount(member).orElse(BigDecimal.ZERO);
        if (percent.compareTo(BigDecimal.valueOf(max)) > 0) {
            input.reject(member, "This is at most " + max + " percent.");
            return BigDecimal.ZERO;
        }
        return percent;
    }
}
