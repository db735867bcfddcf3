package dev.patchbay.billing.terms;

import dev.patchbay.billing.input.JsonInput;
import dev.patchbay.billing.rating.InvoiceTotals.Discount;
import dev.patchbay.kernel.Money;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import java.util.Optional;

/** Reads the discounts of an invoice, each a percentage or a fixed amount. */
public final class DiscountReader {

    private static final int MAX_DISCOUNTS = 20;
    private static final BigDecimal MAX_PERCENT = BigDecimal.valueOf(100);

    private DiscountReader() {}

    public static List<Discount> read(JsonInput input, Currency currency) {
        return input.objects("discounts", MAX_DISCOUNTS, discount -> readOne(discount, currency));
    }

    private static Discount readOne(JsonInput discount, Currency currency) {
        if (discount.has("percent") == discount.has("amount")) {
            discount.reject("", "A discount has a percent or an amount, and not both.");
        }
        Optional<BigDecimal> percent = discount.amount("percent");
        if (percent.isPresent() && percent.get().compareTo(MAX_PERCENT) > 0) {
            discount.reject("percent", "A discount is at most " + MAX_PERCENT + " percent.");
        }
        return new Discount(
                percent.orElse(null),
                PriceReader.money(discount, "amount", currency)
                        .map(amount -> Money.of(amount, currency))
                        .orElse(null));
    }
}
