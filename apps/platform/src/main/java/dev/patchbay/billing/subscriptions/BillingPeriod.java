package dev.patchbay.billing.subscriptions;

import dev.patchbay.billing.rating.PeriodWindow;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * A period of a subscription. Its instants were fixed when it was opened; ends are exclusive.
 *
 * @param n the number of the period; 1 is the first
 * @param wholeFrom the first day of the whole period of which this may be a part
 * @param wholeTo the day after the last day of the whole period
 * @param zone the client's zone when the period was opened
 */
public record BillingPeriod(
        int n,
        Instant startsAt,
        Instant endsAt,
        LocalDate startsOn,
        LocalDate endsOn,
        LocalDate wholeFrom,
        LocalDate wholeTo,
        ZoneId zone) {

    /** Returns the time that is rated. */
    public PeriodWindow window() {
        return new PeriodWindow(startsOn, endsOn, startsAt, endsAt, wholeFrom, wholeTo, zone);
    }
}
