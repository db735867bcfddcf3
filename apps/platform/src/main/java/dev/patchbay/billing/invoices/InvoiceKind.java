package dev.patchbay.billing.invoices;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The reason why an invoice exists. */
public enum InvoiceKind {
    /** A period of a subscription. */
    REGULAR,
    /** Late usage of a subscription that has ended. */
    ADJUSTMENT,
    /** Amounts of another invoice that are taken back. */
    CREDIT_NOTE;

    /** Returns the series of the numbers of such invoices. */
    String series() {
        return this == CREDIT_NOTE ? "CN" : "INV";
    }

    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
