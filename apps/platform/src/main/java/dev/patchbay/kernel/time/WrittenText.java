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
 * A date and a time in words and numbers. Each part that is understood is taken out of the text; where something else is left
 * than words without a meaning of their own, such as “not” or “before” or a second time, the text is not read.
 */
final class WrittenText {

    private final TextScanner text;
    private final TextPatterns patterns;
    private final Locale locale;
    private final LocalDate today;

    WrittenText(String written, Locale locale, LocalDate today) {
        String plain = Normalizer.normalize(written, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        this.text = new TextScanner(plain.replaceAll("\\s+", " ")
                .replaceAll("(?<=\\d)t(?=\\d)", " ")
                .strip());
        this.patterns = TextPatterns.of(locale);
        this.locale = locale;
        this.today = today;
    }

    /** @throws java.time.DateTimeException when there is no such time, or the text contradicts itself */
    Optional<WrittenTime> read() {
        Optional<Duration> delay = text.take(patterns.delay).map(WrittenText::delay);
        if (delay.isPresent()) {
            return readDelay(delay.get());
        }
        var clock = new ClockText(text, patterns, locale);
        clock.takePartOfDay();
        Optional<LocalDate> day = new DateText(text, patterns, locale, today).take();
        Optional<LocalTime> time = clock.take();
        Optional<ZoneId> zone = time.flatMap(it -> ZoneNames.take(text));
        return (day.isPresent() || time.isPresent()) && onlyFillersAreLeft()
                ? Optional.of(WrittenTime.of(day, time, zone))
                : Optional.empty();
    }

    /** Whole days keep the time of day that is written beside them. */
    private Optional<WrittenTime> readDelay(Duration delay) {
        if (delay.toDays() == 0) {
            return onlyFillersAreLeft() ? Optional.of(WrittenTime.after(delay)) : Optional.empty();
        }
        Optional<LocalTime> time = new ClockText(text, patterns, locale).take();
        return onlyFillersAreLeft()
                ? Optional.of(WrittenTime.of(Optional.of(today.plusDays(delay.toDays())), time, Optional.empty()))
                : Optional.empty();
    }

    private static Duration delay(MatchResult match) {
        long number = Long.parseLong(match.group(1));
        if (match.group(2) != null) {
            return Duration.ofDays(7 * number);
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
