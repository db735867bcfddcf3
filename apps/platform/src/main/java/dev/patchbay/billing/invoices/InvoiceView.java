package dev.patchbay.billing.invoices;

import dev.patchbay.billing.Amount;
import dev.patchbay.billing.InvoiceId;
import dev.patchbay.billing.SubscriptionId;
import dev.patchbay.billing.rating.LineKind;
import dev.patchbay.kernel.Money;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An invoice over HTTP.
 *
 * @param number the printed number, for example {@code INV-000042}
 * @param period the number of its period; 0 for the base that is due before the first one
 * @param subtotal the sum of the lines before discounts
 * @param net the sum after discounts
 * @param corrects the invoice that a credit note corrects
 * @param reason the reason why it is void, or why the credit note was written
 */
public record InvoiceView(
        InvoiceId id,
        String number,
        InvoiceKind kind,
        InvoiceState state,
        String clientId,
        SubscriptionId subscriptionId,
        int period,
        Amount subtotal,
        Amount net,
        Amount tax,
        Amount total,
        Instant finalizedAt,
        @Nullable InvoiceId corrects,
        @Nullable Instant voidedAt,
        @Nullable String reason) {

    /** An invoice with its lines. */
    public record InvoiceDetails(InvoiceView invoice, List<LineView> lines) {}

    /**
     * A line of an invoice or of a preview.
     *
     * @param period the number of the period that it charges
     * @param rule the computation in words and numbers; null when it shows a cost that the reader may not see
     * @param quantity an exact number; null as the rule is
     * @param exact the amount before rounding; null as the rule is
     * @param net the amount after the discounts of the invoice
     */
    public record LineView(
            int line,
            int period,
            String charge,
            LineKind kind,
            @Nullable String rule,
            @Nullable String quantity,
            @Nullable String exact,
            Amount amount,
            Amount net,
            String taxPercent,
            Amount tax) {

        static LineView of(InvoiceLine line, boolean showCosts) {
            boolean isShown = showCosts || !line.ofCost();
            return new LineView(
                    line.line(),
                    line.n(),
                    line.charge(),
                    line.kind(),
                    isShown ? line.rule() : null,
                    isShown ? line.quantity() : null,
                    isShown ? line.exact() : null,
                    Amount.of(line.amount()),
                    Amount.of(line.net()),
                    line.taxPercent().toPlainString(),
                    Amount.of(line.tax()));
        }
    }

    /**
     * A call's part of a line.
     *
     * @param callId the call, message or generation, whose records {@code GET /api/v1/usage/calls/{id}} shows
     */
    public record LineCall(
            String callId, Instant startedAt, @Nullable String agentId, Amount amount) {

        static LineCall of(String subject, Instant startedAt, @Nullable String agent, Money amount) {
            return new LineCall(subject, startedAt, agent, Amount.of(amount));
        }
    }

    static InvoiceView of(Invoice invoice) {
        return new InvoiceView(
                invoice.id(),
                invoice.printedNumber(),
                invoice.kind(),
                invoice.state(),
                invoice.client().value(),
                invoice.subscription(),
                invoice.n(),
                Amount.of(invoice.subtotal()),
                Amount.of(invoice.net()),
                Amount.of(invoice.tax()),
                Amount.of(invoice.total()),
                invoice.finalizedAt(),
                invoice.corrects(),
                invoice.voidedAt(),
                invoice.reason());
    }
}
