package dev.patchbay.billing.invoices;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The state of an invoice; there is no row of a draft. */
public enum InvoiceState {
    /** The invoice has a number and never changes. */
    FINALIZED,
    /** The invoice does not count; its period can be finalized again. */
    VOID;

    /** Returns whether the given state may follow this one. */
    public boolean mayBecome(InvoiceState next) {
        return this == FINALIZED && next == VOID;
    }

    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
