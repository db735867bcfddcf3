package dev.patchbay.billing.preview;

import dev.patchbay.kernel.Money;
import java.math.BigDecimal;
import java.util.List;

/** Writes amounts and decimals as text. */
final class Texts {

    private Texts() {}

    /** Writes the amount with the currency's digits, for example {@code 12.30}. */
    static String of(Money amount) {
        return amount.amount().toPlainString();
    }

    static List<String> of(List<Money> amounts) {
        return amounts.stream().map(Texts::of).toList();
    }

    /** Writes the decimal without zeros at the end, for example {@code 20.2}. */
    static String of(BigDecimal decimal) {
        return decimal.signum() == 0 ? "0" : decimal.stripTrailingZeros().toPlainString();
    }
}
