package dev.patchbay.billing.invoices;

import dev.patchbay.billing.InvoiceId;
import dev.patchbay.billing.SubscriptionId;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Money;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A finalized invoice.
 *
 * @param n the period that it is about; 0 for the base that is due before the first one
 * @param corrects the invoice that a credit note corrects; null for other kinds
 * @param upto the cutoff: usage records after it are not part of the invoice
 * @param finalizedBy the person, or {@code system}
 * @param reason the reason why it is void, or why the credit note was written
 */
public record Invoice(
        InvoiceId id,
        ClientId client,
        SubscriptionId subscription,
        int n,
        InvoiceKind kind,
        InvoiceState state,
        String series,
        long number,
        @Nullable InvoiceId corrects,
        Money subtotal,
        Money net,
        Money tax,
        long upto,
        Instant finalizedAt,
        String finalizedBy,
        @Nullable Instant voidedAt,
        @Nullable String reason) {

    /** An invoice with its lines. */
    public record Whole(Invoice invoice, List<InvoiceLine> lines) {

        public Whole {
            lines = List.copyOf(lines);
        }
    }

    public Money total() {
        return net.plus(tax);
    }

    /** Returns the number as it is printed, for example {@code INV-000042}. */
    public String printedNumber() {
        return String.format(Locale.ROOT, "%s-%06d", series, number);
    }
}
