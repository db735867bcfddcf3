package dev.patchbay.billing.rating;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * The time that is rated, and the whole period of which it may be a part. Ends are exclusive. The instants were fixed when the
 * period was opened.
 *
 * @param wholeFrom the first day of the whole period
 * @param wholeTo the day after the last day of the whole period
 */
public record PeriodWindow(
        LocalDate from,
        LocalDate to,
        Instant startsAt,
        Instant endsAt,
        LocalDate wholeFrom,
        LocalDate wholeTo,
        ZoneId zone) {

    /** Returns a window that covers a whole period. */
    public static PeriodWindow of(LocalDate from, LocalDate to, ZoneId zone) {
        return new PeriodWindow(
                from, to, BillingCycle.firstMomentOf(from, zone), BillingCycle.firstMomentOf(to, zone), from, to, zone);
    }

    /** Returns the part of this window from the first day to the day before the end; its whole period stays the same. */
    public PeriodWindow part(LocalDate first, LocalDate end) {
        return new PeriodWindow(
                first,
                end,
                first.equals(from) ? startsAt : BillingCycle.firstMomentOf(first, zone),
                end.equals(to) ? endsAt : BillingCycle.firstMomentOf(end, zone),
                wholeFrom,
                wholeTo,
                zone);
    }

    /** Returns the part of the whole period that this window covers. */
    Fraction fraction(PlanTerms.Prorate by) {
        return by == PlanTerms.Prorate.DAY
                ? Proration.byDay(wholeFrom, wholeTo, from, to)
                : Proration.bySecond(
                        BillingCycle.firstMomentOf(wholeFrom, zone),
                        BillingCycle.firstMomentOf(wholeTo, zone),
                        startsAt,
                        endsAt);
    }

    boolean contains(Instant moment) {
        return !moment.isBefore(startsAt) && moment.isBefore(endsAt);
    }
}
