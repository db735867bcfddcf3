package dev.patchbay.billing.rating;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/** Computes the part of a period for which something was in force. */
public final class Proration {

    private static final int NANO_DIGITS = 9;

    private Proration() {}

    /** Returns the part in whole local days. Ends are exclusive, and the day of a change counts for the new terms. */
    public static Fraction byDay(LocalDate periodFrom, LocalDate periodTo, LocalDate from, LocalDate to) {
        return new Fraction(days(from, to), days(periodFrom, periodTo));
    }

    /** Returns the part in elapsed seconds. Ends are exclusive. */
    public static Fraction bySecond(Instant periodFrom, Instant periodTo, Instant from, Instant to) {
        return new Fraction(seconds(from, to), seconds(periodFrom, periodTo));
    }

    private static BigDecimal days(LocalDate from, LocalDate to) {
        return BigDecimal.valueOf(ChronoUnit.DAYS.between(from, to));
    }

    private static BigDecimal seconds(Instant from, Instant to) {
        Duration elapsed = Duration.between(from, to);
        BigDecimal exact =
                BigDecimal.valueOf(elapsed.getSeconds()).add(BigDecimal.valueOf(elapsed.getNano(), NANO_DIGITS));
        return elapsed.getNano() == 0 ? BigDecimal.valueOf(elapsed.getSeconds()) : exact.stripTrailingZeros();
    }
}
