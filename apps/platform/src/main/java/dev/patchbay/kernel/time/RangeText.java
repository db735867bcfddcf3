package dev.patchbay.kernel.time;

import java.text.Normalizer;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.YearMonth;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads ranges of several days in words, such as “next week”, “this weekend”, “in March” or {@code 2031-03}. */
final class RangeText {

    private static final int MONTHS = 12;
    private static final Pattern YEAR_AND_MONTH = Pattern.compile("(20\\d{2})-(0[1-9]|1[0-2])");

    /** A part of a range, for which the whole range stands. */
    private static final com.google.re2j.Pattern PART_OF_RANGE = com.google.re2j.Pattern.compile(
            "(?:(?:some ?time|any ?time|any day|irgendwann|early|earlier|late|later|during)(?: in)?"
                    + "|(?:(?:at |in |by )?the )?(?:beginning|start|middle|end|rest|first half|second half) of"
                    + "|mid|anfang|mitte|ende)[ -]");

    /** “The next few days” are a week; the next few weeks are four. */
    private static final int FEW_DAYS = 7;

    private static final int FEW_WEEKS = 4;
    private static final int DAYS_OF_WEEK = 7;

    /** The days from the first one to the one before {@code until}. */
    record Days(LocalDate first, LocalDate until) {

        static Days of(YearMonth month) {
            return new Days(month.atDay(1), month.plusMonths(1).atDay(1));
        }
    }

    private final TextPatterns patterns;
    private final String text;
    private final LocalDate today;

    RangeText(String written, Locale locale, LocalDate today) {
        this.patterns = TextPatterns.of(locale);
        String bare = Normalizer.normalize(written, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .replaceAll("\\s+", " ")
                .strip()
                .replaceFirst("[.!?]$", "");
        this.text = withoutPart(bare);
        this.today = today;
    }

    /** Returns the whole range, when a word is left to name it. */
    private static String withoutPart(String range) {
        var part = PART_OF_RANGE.matcher(range);
        String whole = part.lookingAt() ? range.substring(part.end()) : range;
        return whole.codePoints().anyMatch(Character::isLetter) ? whole : range;
    }

    /** Returns whether the text asks for no particular time. */
    boolean isAnyTime() {
        return is("anyTime");
    }

    Optional<Days> read() {
        LocalDate monday = today.with(TemporalAdjusters.next(DayOfWeek.MONDAY));
        if (is("thisWeek")) {
            return Optional.of(new Days(today, monday));
        }
        if (is("nextWeek") || is("in", "nextWeek")) {
            return Optional.of(new Days(monday, monday.plusWeeks(1)));
        }
        if (is("weekAfterNext")) {
            return Optional.of(new Days(monday.plusWeeks(1), monday.plusWeeks(2)));
        }
        if (is("next", "weekend")) {
            return Optional.of(new Days(monday.plusDays(5), monday.plusWeeks(1)));
        }
        if (is("weekend") || is("this", "weekend") || is("coming", "weekend")) {
            return Optional.of(new Days(monday.minusDays(2).isBefore(today) ? today : monday.minusDays(2), monday));
        }
        if (is("thisMonth")) {
            return Optional.of(new Days(today, Days.of(YearMonth.from(today)).until()));
        }
        return is("nextMonth")
                ? Optional.of(Days.of(YearMonth.from(today).plusMonths(1)))
                : readNextDays().or(this::readMonth);
    }

    private Optional<Days> readNextDays() {
        if (is("nextDays")) {
            return Optional.of(next(FEW_DAYS));
        }
        if (is("nextWeeks")) {
            return Optional.of(next(FEW_WEEKS * DAYS_OF_WEEK));
        }
        Matcher counted = patterns.nextDays.matcher(patterns.numberWords.replace(text));
        return counted.matches()
                ? Optional.of(next(Integer.parseInt(counted.group(1)) * (counted.group(2) == null ? 1 : DAYS_OF_WEEK)))
                : Optional.empty();
    }

    /** Returns today and that many days after it. */
    private Days next(int days) {
        return new Days(today, today.plusDays(days + 1L));
    }

    private Optional<Days> readMonth() {
        Matcher numbers = YEAR_AND_MONTH.matcher(text);
        if (numbers.matches()) {
            return Optional.of(
                    Days.of(YearMonth.of(Integer.parseInt(numbers.group(1)), Integer.parseInt(numbers.group(2)))));
        }
        Matcher named = patterns.month.matcher(text);
        return named.matches()
                ? patterns.words
                        .month(named.group(1))
                        .map(month -> Days.of(month(month, Optional.ofNullable(named.group(2)))))
                : Optional.empty();
    }

    private YearMonth month(Month month, Optional<String> year) {
        return year.map(written -> YearMonth.of(Integer.parseInt(written), month))
                .orElseGet(() ->
                        YearMonth.from(today).plusMonths((month.getValue() - today.getMonthValue() + MONTHS) % MONTHS));
    }

    private boolean is(String key) {
        return patterns.word(key).matcher(text).matches();
    }

    private boolean is(String before, String key) {
        return patterns.pair(before, key).matcher(text).matches();
    }
}
