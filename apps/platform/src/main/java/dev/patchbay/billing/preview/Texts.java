package dev.patchbay.billing.preview;

import dev.patchbay.kernel.Money;
import java.math.BigDecimal;
import java.util.List;

/** Decimals as texts. */
final class Texts {

    private Texts() {}

    /** With the currency's digits: {@code 12.30}. */
    static String of(Money amount) {
        return amount.amount().toPlainString();
    }

    static List<String> of(List<Money> amounts) {
        return amounts.stream().map(Texts::of).toList();
    }

    /** Without zeros at the end: {@code 20.2}. */
    static String of(BigDecimal decimal) {
        return decimal.signum() == 0 ? "0" : decimal.stripTrailingZeros().toPlainString();
    }
}
