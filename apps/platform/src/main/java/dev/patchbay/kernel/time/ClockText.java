package dev.patchbay.kernel.time;

import java.time.LocalTime;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.FormatStyle;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Takes the time of day out of a text. */
final class ClockText {

    private static final int NOON = 12;

    /**
     * The last hour that means the afternoon when it is written without more, as in “at 3”, where people use the 12-hour clock.
     */
    private static final int LAST_AFTERNOON_HOUR = 6;

    private enum Half {
        MORNING,
        AFTERNOON
    }

    private final TextScanner text;
    private final TextPatterns patterns;
    private final boolean twelveHours;
    private Optional<Half> part = Optional.empty();
    private boolean ofToday;

    ClockText(TextScanner text, TextPatterns patterns, Locale locale) {
        this.text = text;
        this.patterns = patterns;
        this.twelveHours = DateTimeFormatterBuilder.getLocalizedDateTimePattern(
                        null, FormatStyle.SHORT, IsoChronology.INSTANCE, locale)
                .contains("a");
    }

    /** Takes words such as “in the afternoon”, which tell in which half of the day an hour lies. */
    void takePartOfDay() {
        ofToday = text.contains(patterns.word("thisPart"));
        if (text.takeAny(patterns.word("afternoon"))) {
            part = Optional.of(Half.AFTERNOON);
        } else if (text.takeAny(patterns.word("morning"))) {
            part = Optional.of(Half.MORNING);
        }
    }

    /** Returns whether the half of the day is one of today, as in “tonight”. */
    boolean isOfToday() {
        return ofToday;
    }

    /** Returns whether the half of the day is the morning; empty when the text names none. */
    Optional<Boolean> isMorning() {
        return part.map(half -> half == Half.MORNING);
    }

    /**
     * Takes the time of day; empty when the text names none.
     *
     * @throws java.time.DateTimeException when there is no such time
     */
    Optional<LocalTime> take() {
        return takeFraction()
                .or(() -> text.take(patterns.hourAndMinute)
                        .map(match -> time(match.group(1), match.group(2), match.group(3), match.group(4))))
                .or(() -> text.take(patterns.hourAndMeridiem)
                        .map(match -> time(match.group(1), null, null, match.group(2))))
                .or(() ->
                        text.take(patterns.hourAndWord).map(match -> time(match.group(1), match.group(2), null, null)))
                .or(() -> text.take(patterns.hourAfterWord).map(match -> time(match.group(1), null, null, null)))
                .or(() -> text.take(patterns.word("noon")).map(match -> LocalTime.NOON))
                .or(() -> text.take(patterns.word("midnight")).map(match -> LocalTime.MIDNIGHT))
                .or(() -> text.take(patterns.fourDigits)
                        .map(match -> time(
                                match.group(1) == null ? match.group(2) : match.group(1), match.group(3), null, null)));
    }

    /** Takes fractions of an hour such as “half past two” or “halb drei”, with the hour in digits. */
    private Optional<LocalTime> takeFraction() {
        return fraction("halfPast", 30)
                .or(() -> fraction("quarterPast", 15))
                .or(() -> fraction("quarterTo", -15))
                .or(() -> fraction("halfTo", -30))
                .or(() -> fraction("threeQuartersInto", -15))
                .or(() -> fraction("quarterInto", -45))
                .or(() -> shift(patterns.ownHourAfter("halfPastShort"), 30))
                .or(() -> shift(patterns.ownHourAfter("halfToShort"), -30))
                .or(() -> before("halfAfter", 30))
                .or(() -> before("quarterAfter", 15))
                .or(() -> before("quarterLess", -15))
                .or(() -> minutes("minutesPast", 1))
                .or(() -> minutes("minutesTo", -1));
    }

    private Optional<LocalTime> before(String key, int minutes) {
        return text.take(patterns.hourBefore(key))
                .map(match -> time(match.group(1), null, null, null).plusMinutes(minutes));
    }

    private Optional<LocalTime> minutes(String key, int sign) {
        return text.take(patterns.minutesAndHour(key))
                .map(match -> time(match.group(2), null, null, match.group(3))
                        .plusMinutes((long) sign * Integer.parseInt(match.group(1))));
    }

    private Optional<LocalTime> fraction(String key, int minutes) {
        return shift(patterns.hourAfter(key), minutes);
    }

    private Optional<LocalTime> shift(Pattern hour, int minutes) {
        return text.take(hour)
                .map(match -> time(match.group(1), null, null, match.group(2)).plusMinutes(minutes));
    }

    private LocalTime time(String hour, @Nullable String minute, @Nullable String second, @Nullable String meridiem) {
        return LocalTime.of(hour(hour, meridiem), number(minute), number(second));
    }

    private int hour(String written, @Nullable String meridiem) {
        int hour = Integer.parseInt(written);
        Optional<Half> half = meridiem == null
                ? part.or(() -> assumed(written, hour))
                : Optional.of(meridiem.equals("p") ? Half.AFTERNOON : Half.MORNING);
        if (hour > NOON || half.isEmpty()) {
            return hour;
        }
        return hour % NOON + (half.get() == Half.AFTERNOON ? NOON : 0);
    }

    private Optional<Half> assumed(String written, int hour) {
        return twelveHours && !written.startsWith("0") && hour <= LAST_AFTERNOON_HOUR
                ? Optional.of(Half.AFTERNOON)
                : Optional.empty();
    }

    private static int number(@Nullable String written) {
        return written == null ? 0 : Integer.parseInt(written);
    }
}
