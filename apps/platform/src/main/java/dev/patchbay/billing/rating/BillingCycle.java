package dev.patchbay.billing.rating;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;

/**
 * The rule by which periods begin. Each start is counted from the original anchor, so a short month never moves the following
 * ones: January 31, February 28, March 31. A start is the first moment of its day, which is not midnight in every zone.
 *
 * @param startsOn the first day of the first period
 * @param anchorDay the day of the month on which later periods begin, or the month's last day where it is shorter
 * @param months the length of a period in months
 */
public record BillingCycle(LocalDate startsOn, int anchorDay, int months) {

    private static final int MAX_DAY = 31;

    /**
     * Checks the day and the length.
     *
     * @throws IllegalArgumentException when no month has such a day, or the length is not a positive number of months
     */
    public BillingCycle {
        if (anchorDay < 1 || anchorDay > MAX_DAY || months < 1) {
            throw new IllegalArgumentException("no cycle has the day " + anchorDay + " and " + months + " months");
        }
    }

    /** Returns a cycle whose periods all begin on the anchor's day of the month. */
    public static BillingCycle of(LocalDate anchor, int months) {
        return new BillingCycle(anchor, anchor.getDayOfMonth(), months);
    }

    /** Returns the first day of the period; 0 is the first period. */
    public LocalDate startOf(int period) {
        return period == 0 ? startsOn : boundary(period);
    }

    /**
     * Returns the first day of the whole period of which the given one is a part. It is earlier than {@link #startOf} only for
     * a first period that does not begin on the anchor's day.
     */
    public LocalDate wholeStartOf(int period) {
        return boundary(period);
    }

    /** Returns the first moment of the day in the zone. */
    public static Instant firstMomentOf(LocalDate day, ZoneId zone) {
        return day.atStartOfDay(zone).toInstant();
    }

    private LocalDate boundary(int period) {
        YearMonth first = YearMonth.from(startsOn);
        YearMonth anchored = dayIn(first).isAfter(startsOn) ? first.minusMonths(1) : first;
        return dayIn(anchored.plusMonths((long) period * months));
    }

    private LocalDate dayIn(YearMonth month) {
        return month.atDay(Math.min(anchorDay, month.lengthOfMonth()));
    }
}
