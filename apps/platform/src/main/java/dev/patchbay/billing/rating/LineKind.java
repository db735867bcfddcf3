package dev.patchbay.billing.rating;

/** Why a line is on an invoice. */
public enum LineKind {
    /** The fixed amount of a period. */
    BASE,
    /** Usage at its price. */
    USAGE,
    /** Up to a charge's minimum. */
    MINIMUM,
    /** Down to a charge's maximum. */
    MAXIMUM,
    /** Takes off what a trial includes. */
    TRIAL,
    /** Usage of an earlier period that was not known when its invoice was issued. */
    ADJUSTMENT,
    /** Totals of earlier periods below the least amount of an invoice. */
    CARRIED_OVER
}
