package dev.patchbay.kernel.time;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.YearMonth;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.FormatStyle;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Takes the date out of a text. */
final class DateText {

    private static final int CENTURY = 2000;
    /** The next 29 February is at most eight years away, around a year such as 2100. */
    private static final int MAX_YEARS_AHEAD = 8;
    /** A day that one month lacks, such as the 31st, is never missing in two months in a row; this many months are enough. */
    private static final int MAX_MONTHS_AHEAD = 4;

    private final TextScanner text;
    private final TextPatterns patterns;
    private final LocalDate today;
    private final boolean monthFirst;

    DateText(TextScanner text, TextPatterns patterns, Locale locale, LocalDate today) {
        this.text = text;
        this.patterns = patterns;
        this.today = today;
        this.monthFirst = monthFirst(locale);
    }

    private static boolean monthFirst(Locale locale) {
        String order = DateTimeFormatterBuilder.getLocalizedDateTimePattern(
                FormatStyle.SHORT, null, IsoChronology.INSTANCE, locale);
        return order.indexOf('M') < order.indexOf('d');
    }

    /**
     * Takes the date; empty when the text names none.
     *
     * @throws java.time.DateTimeException when there is no such date, or two parts of the text contradict one another
     */
    Optional<LocalDate> take() {
        Optional<LocalDate> relative = takeRelative();
        Optional<LocalDate> weekday = takeWeekday();
        Optional<DayOfWeek> named = weekday.map(LocalDate::getDayOfWeek);
        Optional<LocalDate> date = takeDate(named);
        if (date.isPresent()) {
            require(named.map(date.get().getDayOfWeek()::equals).orElse(true));
            require(relative.map(date.get()::equals).orElse(true));
            return date;
        }
        if (relative.isPresent()) {
            require(named.map(relative.get().getDayOfWeek()::equals).orElse(true));
            return relative;
        }
        return weekday;
    }

    private static void require(boolean agrees) {
        if (!agrees) {
            throw new DateTimeException("The parts of the date contradict one another");
        }
    }

    private Optional<LocalDate> takeRelative() {
        if (text.takeAny(patterns.word("dayAfterTomorrow"))) {
            return Optional.of(today.plusDays(2));
        }
        if (text.takeAny(patterns.word("yesterday"))) {
            return Optional.of(today.minusDays(1));
        }
        if (text.takeAny(patterns.word("tomorrow"))) {
            return Optional.of(today.plusDays(1));
        }
        return text.takeAny(patterns.word("today")) ? Optional.of(today) : Optional.empty();
    }

    /**
     * Takes a weekday and returns its first date after today. “This” weekday may be today; “next” and “next week” mean the
     * calendar's next week.
     */
    private Optional<LocalDate> takeWeekday() {
        return text.take(patterns.weekdayAfterNext)
                .map(match -> inWeek(1, match))
                .or(() -> text.take(patterns.nextWeekday).map(match -> inWeek(0, match)))
                .or(() -> text.take(patterns.weekdayLater)
                        .map(match -> following(match).plusWeeks(1)))
                .or(() -> text.take(patterns.thisWeekday)
                        .map(match -> today.with(TemporalAdjusters.nextOrSame(weekday(match.group(1))))))
                .or(() -> text.take(patterns.comingWeekday).map(this::following))
                .or(() -> text.take(patterns.weekday).map(this::following));
    }

    /** @param weeks between the calendar's next week and that of the weekday */
    private LocalDate inWeek(int weeks, MatchResult match) {
        return today.with(TemporalAdjusters.next(DayOfWeek.MONDAY))
                .plusWeeks(weeks)
                .with(TemporalAdjusters.nextOrSame(weekday(firstGroup(match))));
    }

    private static String firstGroup(MatchResult match) {
        return IntStream.rangeClosed(1, match.groupCount())
                .mapToObj(match::group)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow();
    }

    private LocalDate following(MatchResult match) {
        return today.with(TemporalAdjusters.next(weekday(firstGroup(match))));
    }

    private DayOfWeek weekday(String name) {
        return patterns.words.weekday(name).orElseThrow();
    }

    private Optional<LocalDate> takeDate(Optional<DayOfWeek> named) {
        return text.take(patterns.yearFirst)
                .map(match -> LocalDate.of(number(match, 1), number(match, 2), number(match, 3)))
                .or(() -> text.take(patterns.numbers).map(this::inOrder))
                .or(() -> text.take(patterns.dayMonth)
                        .map(match -> date(match.group(3), month(match.group(2)), number(match, 1), named)))
                .or(() -> text.take(patterns.monthDay)
                        .map(match -> date(match.group(3), month(match.group(1)), number(match, 2), named)))
                .or(() -> text.take(patterns.twoNumbers).map(match -> withoutYear(match, named)))
                .or(() -> text.take(patterns.dayOfMonth)
                        .map(match -> nextDay(Integer.parseInt(firstGroup(match)), named)));
    }

    /** Returns the next such day of a month. A weekday that is named beside it must match. */
    private LocalDate nextDay(int day, Optional<DayOfWeek> named) {
        return IntStream.rangeClosed(0, MAX_MONTHS_AHEAD)
                .mapToObj(YearMonth.from(today)::plusMonths)
                .filter(month -> month.isValidDay(day))
                .map(month -> month.atDay(day))
                .filter(date -> !date.isBefore(today))
                .limit(2)
                .filter(date -> named.map(date.getDayOfWeek()::equals).orElse(true))
                .findFirst()
                .orElseThrow(() -> new DateTimeException("No such day is near"));
    }

    /**
     * Returns the date in the order of its parts. With full stops the day is first everywhere; with slashes the client's
     * country decides.
     */
    private LocalDate inOrder(MatchResult match) {
        int first = number(match, 1);
        int second = number(match, 3);
        int year = number(match, 4);
        boolean dayFirst = match.group(2).equals(".") || !monthFirst || first > Month.values().length;
        boolean swapped =
                dayFirst && second > Month.values().length && !match.group(2).equals(".");
        return dayFirst && !swapped
                ? LocalDate.of(fullYear(year), second, first)
                : LocalDate.of(fullYear(year), first, second);
    }

    private static int fullYear(int year) {
        return year < CENTURY ? CENTURY + year : year;
    }

    private LocalDate withoutYear(MatchResult match, Optional<DayOfWeek> named) {
        int first = number(match, 1);
        boolean stroke = match.group(2) != null;
        int second = number(match, stroke ? 2 : 3);
        boolean dayFirst = !stroke || !monthFirst || first > Month.values().length;
        return dayFirst ? next(Month.of(second), first, named) : next(Month.of(first), second, named);
    }

    private Month month(String name) {
        return patterns.words.month(name).orElseThrow();
    }

    private LocalDate date(@Nullable String year, Month month, int day, Optional<DayOfWeek> named) {
        return year == null ? next(month, day, named) : LocalDate.of(fullYear(Integer.parseInt(year)), month, day);
    }

    /**
     * Returns the next such date. A weekday that is named beside it must match, and 29 February is found in the next leap year.
     */
    private LocalDate next(Month month, int day, Optional<DayOfWeek> named) {
        return IntStream.rangeClosed(today.getYear(), today.getYear() + MAX_YEARS_AHEAD)
                .mapToObj(year -> YearMonth.of(year, month))
                .filter(it -> it.isValidDay(day))
                .map(it -> it.atDay(day))
                .filter(date -> !date.isBefore(today))
                .limit(2)
                .filter(date -> named.map(date.getDayOfWeek()::equals).orElse(true))
                .findFirst()
                .orElseThrow(() -> new DateTimeException("No such date is near"));
    }

    private static int number(MatchResult match, int group) {
        return Integer.parseInt(match.group(group));
    }
}
