package dev.patchbay.billing.preview;

import dev.patchbay.billing.input.JsonInput;
import dev.patchbay.billing.preview.PreviewResponse.InvoiceAmounts;
import dev.patchbay.billing.rating.InvoiceTotals;
import dev.patchbay.billing.rating.InvoiceTotals.Discount;
import dev.patchbay.billing.rating.InvoiceTotals.TaxRounding;
import dev.patchbay.billing.rating.InvoiceTotals.TaxedLine;
import dev.patchbay.billing.rating.LineRounding;
import dev.patchbay.billing.terms.DiscountReader;
import dev.patchbay.kernel.Exact;
import dev.patchbay.kernel.Money;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import java.util.function.Supplier;

/** Computes the totals of an invoice from given lines. */
final class InvoicePreview {

    private static final int MAX_LINES = 1_000;
    private static final BigDecimal MAX_TAX = BigDecimal.valueOf(100);

    private InvoicePreview() {}

    static Supplier<PreviewResponse> total(JsonInput input, Currency currency) {
        BigDecimal tax = readTax(input, BigDecimal.ZERO);
        List<TaxedLine> lines = input.objects("lines", MAX_LINES, line -> readLine(line, tax, currency));
        List<Discount> discounts = DiscountReader.read(input, currency);
        TaxRounding taxRounding = input.choice("taxRounding", TaxRounding.class).orElse(TaxRounding.LINE);
        LineRounding rounding = input.choice("rounding", LineRounding.class).orElse(LineRounding.HALF_UP);
        Money credit = Money.round(Exact.of(input.amount("credit").orElse(BigDecimal.ZERO)), currency);
        return () -> describe(InvoiceTotals.compute(currency, lines, discounts, taxRounding, rounding, credit));
    }

    private static TaxedLine readLine(JsonInput line, BigDecimal tax, Currency currency) {
        BigDecimal amount = AmountPreview.readMoney(line, "amount", currency);
        return new TaxedLine(Money.round(Exact.of(amount), currency), readTax(line, tax));
    }

    private static BigDecimal readTax(JsonInput input, BigDecimal otherwise) {
        BigDecimal percent = input.amount("taxPercent").orElse(otherwise);
        if (percent.compareTo(MAX_TAX) > 0) {
            input.reject("taxPercent", "A tax is at most " + MAX_TAX + " percent.");
        }
        return percent;
    }

    private static InvoiceAmounts describe(InvoiceTotals totals) {
        return new InvoiceAmounts(
                Texts.of(totals.subtotal()),
                totals.discounts().isEmpty() ? null : Texts.of(totals.discounts()),
                Texts.of(totals.net()),
                Texts.of(totals.taxes()),
                Texts.of(totals.tax()),
                Texts.of(totals.total()),
                Texts.of(totals.due()));
    }
}
