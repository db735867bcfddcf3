package dev.patchbay.billing.rating;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The reason why a line is on an invoice. */
public enum LineKind {
    /** The fixed amount of a period. */
    BASE,
    /** Usage at its price. */
    USAGE,
    /** The amount that a charge's minimum adds. */
    MINIMUM,
    /** The amount that a charge's maximum takes off. */
    MAXIMUM,
    /** The amount that a trial takes off. */
    TRIAL,
    /** Usage of an earlier period that was not known when its invoice was issued. */
    ADJUSTMENT,
    /** Totals of earlier periods that were below the smallest amount of an invoice. */
    CARRIED_OVER,
    /** The part of an invoice that a credit note takes back. */
    CREDIT;

    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
