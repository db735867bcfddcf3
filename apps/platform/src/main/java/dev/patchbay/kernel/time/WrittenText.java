package dev.patchbay.kernel.time;

import java.text.Normalizer;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;

/**
 * Reads a date and a time in words and numbers. Each part that is understood is removed from the text. The text is rejected
 * when the rest contains more than filler words, for example “not”, “before” or a second time.
 */
final class WrittenText {

    private static final long DAYS_OF_WEEK = 7;
    private static final Duration HALF_HOUR = Duration.ofMinutes(30);

    private final TextScanner text;
    private final TextPatterns patterns;
    private final Locale locale;
    private final LocalDate today;

    WrittenText(String written, Locale locale, LocalDate today) {
        this.patterns = TextPatterns.of(locale);
        this.locale = locale;
        this.today = today;
        String plain = Normalizer.normalize(written, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        String bare = TextPatterns.ZONE_IN_BRACKETS
                .matcher(plain.replaceAll("\\s+", " ").strip())
                .replaceFirst("$1");
        this.text = new TextScanner(patterns.numberWords
                .replace(patterns.unifyDays(bare))
                .replaceAll("(?<=\\d)t(?=\\d)", " ")
                .replaceAll("(?<=\\d)([ap])(?![\\p{L}.])", "$1m"));
    }

    /**
     * Reads the text.
     *
     * @throws java.time.DateTimeException when there is no such time, or the text contradicts itself
     */
    Optional<WrittenTime> read() {
        Optional<Duration> delay = text.take(patterns.delay)
                .map(WrittenText::delay)
                .or(() -> text.take(patterns.halfHour).map(match -> HALF_HOUR));
        if (delay.filter(it -> it.toDays() == 0).isPresent()) {
            return onlyFillersAreLeft() ? delay.map(WrittenTime::after) : Optional.empty();
        }
        Optional<Long> daysLater =
                text.take(patterns.later).map(match -> count(match) * (match.group(2) == null ? 1 : DAYS_OF_WEEK));
        var clock = new ClockText(text, patterns, locale);
        clock.takePartOfDay();
        Optional<LocalDate> day = takeDay(clock, delay.map(Duration::toDays), daysLater);
        Optional<LocalTime> time = clock.take();
        Optional<ZoneId> zone = time.flatMap(it -> ZoneNames.take(text));
        boolean isCounted = daysLater.isEmpty() || day.isPresent();
        return isCounted && (day.isPresent() || time.isPresent()) && onlyFillersAreLeft()
                ? Optional.of(WrittenTime.of(day, time, zone).inPart(clock.isMorning()))
                : Optional.empty();
    }

    /**
     * Takes the day.
     *
     * @param daysLater the number of days after the day that the text names, as in “a week from Tuesday” and “a week from now”
     */
    private Optional<LocalDate> takeDay(ClockText clock, Optional<Long> delay, Optional<Long> daysLater) {
        Optional<LocalDate> day = new DateText(text, patterns, locale, today)
                .take()
                .or(() -> clock.isOfToday()
                                || delay.isPresent()
                                || (daysLater.isPresent() && text.takeAny(patterns.word("now")))
                        ? Optional.of(today)
                        : Optional.empty());
        return day.map(it -> it.plusDays(delay.orElse(0L) + daysLater.orElse(0L)));
    }

    private static long count(MatchResult match) {
        String count = match.group(1);
        return Character.isDigit(count.charAt(0)) ? Long.parseLong(count) : 1;
    }

    private static Duration delay(MatchResult match) {
        long number = count(match);
        if (match.group(2) != null) {
            return Duration.ofDays(DAYS_OF_WEEK * number);
        }
        if (match.group(3) != null) {
            return Duration.ofDays(number);
        }
        return match.group(4) == null ? Duration.ofMinutes(number) : Duration.ofHours(number);
    }

    private boolean onlyFillersAreLeft() {
        return Arrays.stream(text.rest().split("[\\s,.;]+", -1))
                .filter(word -> !word.isEmpty())
                .allMatch(patterns.words::isFiller);
    }
}
