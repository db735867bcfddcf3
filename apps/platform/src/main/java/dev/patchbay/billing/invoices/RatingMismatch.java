package dev.patchbay.billing.invoices;

import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;

/** Thrown when the same inputs were rated before with another result: something is broken, and nothing is invoiced. */
class RatingMismatch extends Problem {

    RatingMismatch(int n) {
        super(
                ProblemType.BILLING_STATE_CONFLICT,
                "Period " + n + " was rated before from the same inputs with another result, so it is not invoiced.");
    }
}
