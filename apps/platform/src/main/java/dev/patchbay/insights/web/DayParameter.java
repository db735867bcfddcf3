package dev.patchbay.insights.web;

import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import java.time.LocalDate;

/** Checks a day in a request against the years that the database and charts support. */
final class DayParameter {

    private static final int MIN_YEAR = 2000;
    private static final int MAX_YEAR = 2999;

    private DayParameter() {}

    /**
     * Returns the day.
     *
     * @throws Problem {@code 400.malformed_request} for a day in another millennium
     */
    static LocalDate require(LocalDate day) {
        if (day.getYear() < MIN_YEAR || day.getYear() > MAX_YEAR) {
            throw new Problem(
                    ProblemType.MALFORMED_REQUEST, "A day lies between " + MIN_YEAR + " and " + MAX_YEAR + ".");
        }
        return day;
    }
}
