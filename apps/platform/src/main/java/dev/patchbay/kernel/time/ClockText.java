package dev.patchbay.kernel.time;

import java.time.LocalTime;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.FormatStyle;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Takes the time of day out of a text. */
final class ClockText {

    private static final int NOON = 12;
    private static final int HALF_HOUR = 30;

    /** The last hour that means the afternoon when it is written without more, as in “at 3”. */
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
    private boolean atNoon;
    private boolean atMidnight;

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
        atNoon = text.takeAny(patterns.word("noon"));
        atMidnight = text.takeAny(patterns.word("midnight"));
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
     * Takes the time of day; empty when the text names none. The words for noon and midnight are a time of their own, or tell
     * which hour is meant, as in “12 noon”.
     *
     * @throws java.time.DateTimeException when there is no such time
     */
    Optional<LocalTime> take() {
        return takeHour()
                .or(() -> atNoon ? Optional.of(LocalTime.NOON) : Optional.empty())
                .or(() -> atMidnight ? Optional.of(LocalTime.MIDNIGHT) : Optional.empty());
    }

    private Optional<LocalTime> takeHour() {
        return takeFraction()
                .or(() -> text.take(patterns.hourAndMinute).map(this::written))
                .or(() ->
                        text.take(patterns.hourAndMeridiem).map(match -> spoken(match.group(1), null, match.group(2))))
                .or(() -> text.take(patterns.hourAndWord).map(match -> spoken(match.group(1), match.group(2), null)))
                .or(() -> text.take(patterns.hourAfterWord).map(match -> spoken(match.group(1), null, null)))
                .or(() -> text.take(patterns.fourDigits)
                        .map(match -> LocalTime.of(
                                number(match.group(1) == null ? match.group(2) : match.group(1)),
                                number(match.group(3)))))
                .or(() -> part.isPresent() || atNoon || atMidnight
                        ? text.take(patterns.hour).map(match -> spoken(match.group(1), null, null))
                        : Optional.empty());
    }

    /** Takes fractions of an hour such as “half past two” or “halb drei”, with the hour in digits. */
    private Optional<LocalTime> takeFraction() {
        return minutes("minutesPastHalf", 1, -HALF_HOUR)
                .or(() -> minutes("minutesToHalf", -1, -HALF_HOUR))
                .or(() -> fraction("halfPast", HALF_HOUR))
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
                .or(() -> minutes("minutesPast", 1, 0))
                .or(() -> minutes("minutesTo", -1, 0));
    }

    private Optional<LocalTime> before(String key, int minutes) {
        return text.take(patterns.hourBefore(key))
                .map(match -> spoken(match.group(1), null, null).plusMinutes(minutes));
    }

    /** Takes minutes before or after an hour, or before or after the half of it, as in “fünf nach halb drei”. */
    private Optional<LocalTime> minutes(String key, int sign, int shift) {
        return text.take(patterns.minutesAndHour(key))
                .map(match -> spoken(match.group(2), null, match.group(3))
                        .plusMinutes((long) sign * Integer.parseInt(match.group(1)) + shift));
    }

    private Optional<LocalTime> fraction(String key, int minutes) {
        return shift(patterns.hourAfter(key), minutes);
    }

    private Optional<LocalTime> shift(Pattern hour, int minutes) {
        return text.take(hour)
                .map(match -> spoken(match.group(1), null, match.group(2)).plusMinutes(minutes));
    }

    /** Returns a time such as 3:30. Where people write 24 hours, it is the night. */
    private LocalTime written(MatchResult match) {
        return LocalTime.of(
                hour(match.group(1), match.group(4), twelveHours), number(match.group(2)), number(match.group(3)));
    }

    /** Returns a time such as “at 3” or “half past 3”. People say 12 hours everywhere, and businesses open in the day. */
    private LocalTime spoken(String hour, @Nullable String minute, @Nullable String meridiem) {
        return LocalTime.of(hour(hour, meridiem, true), number(minute));
    }

    private int hour(String written, @Nullable String meridiem, boolean ofTwelve) {
        int hour = Integer.parseInt(written);
        Optional<Half> half = meridiem == null
                ? named(hour).or(() -> ofTwelve ? assumed(written, hour) : Optional.empty())
                : Optional.of(meridiem.equals("p") ? Half.AFTERNOON : Half.MORNING);
        if (hour > NOON || half.isEmpty()) {
            return hour;
        }
        return hour % NOON + (half.get() == Half.AFTERNOON ? NOON : 0);
    }

    /** Returns the half of the day that the text names. One in the afternoon is also “one at noon” in some languages. */
    private Optional<Half> named(int hour) {
        if (atMidnight) {
            return Optional.of(Half.MORNING);
        }
        return atNoon && hour <= LAST_AFTERNOON_HOUR ? Optional.of(Half.AFTERNOON) : part;
    }

    private static Optional<Half> assumed(String written, int hour) {
        return !written.startsWith("0") && hour <= LAST_AFTERNOON_HOUR ? Optional.of(Half.AFTERNOON) : Optional.empty();
    }

    private static int number(@Nullable String written) {
        return written == null ? 0 : Integer.parseInt(written);
    }
}
