package dev.patchbay.billing.ledger;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The kind of an account. */
public enum AccountKind {
    /** The amount that a client owes. */
    RECEIVABLE,
    /** The amount that a client was charged. */
    REVENUE,
    /** The tax that is owed to the state. */
    TAX;

    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
