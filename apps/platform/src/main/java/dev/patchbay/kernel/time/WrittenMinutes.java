package dev.patchbay.kernel.time;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a length of time in minutes as people and language models write it: {@code 45}, {@code 90 min}, {@code 1.5 hours},
 * {@code 1 hour 30 minutes}, {@code 1h30}, {@code 0:45}, {@code PT1H30M}, {@code half an hour}, {@code eine Stunde}.
 */
public final class WrittenMinutes {

    private static final String HOURS = "h|hrs?|hours?|std\\.?|stunden?|horas?|heures?|or[ae]|uur|uren";
    private static final String MINUTES = "m|mins?\\.?|minutes?|minuten?|minutos?|minut[oi]";
    private static final String NUMBER = "(\\d{1,5}(?:[.,]\\d{1,3})?)";

    private static final Pattern ISO = Pattern.compile("pt(?:(\\d{1,3})h)?(?:(\\d{1,4})m)?(?:0s)?");
    private static final Pattern CLOCK = Pattern.compile("(\\d{1,2}):(\\d{2})(?::00)?(?:\\s*(?:" + HOURS + "))?");
    private static final Pattern HOURS_AND_A_HALF =
            Pattern.compile("(\\d{1,2})\\s+(?:and a half|½)\\s+(?:" + HOURS + ")");
    private static final Pattern HOURS_AND_MINUTES = Pattern.compile("(?:" + NUMBER + "[\\s-]*(?:" + HOURS
            + "))(?:\\s*(?:and|und|y|et|e|en|,)?\\s*(\\d{1,2})(?:[\\s-]*(?:" + MINUTES + "))?)?");
    private static final Pattern MINUTES_ALONE = Pattern.compile(NUMBER + "(?:[\\s-]*(?:" + MINUTES
            + "))?(?:[\\s-]+(?:appointment|slot|call|session|meeting|long|termin))?");

    /** No length of time is longer. A longer text is not searched. */
    private static final int MAX_LENGTH = 120;

    private static final BigDecimal SIXTY = BigDecimal.valueOf(60);
    private static final BigDecimal HALF_HOUR = BigDecimal.valueOf(30);

    /** Words for lengths of time, without their articles. */
    private static final Map<String, Integer> WORDS = Map.ofEntries(
            Map.entry("hour", 60),
            Map.entry("half hour", 30),
            Map.entry("1/2 hour", 30),
            Map.entry("½ hour", 30),
            Map.entry("half an hour", 30),
            Map.entry("hour and a half", 90),
            Map.entry("one and a half hours", 90),
            Map.entry("quarter of an hour", 15),
            Map.entry("quarter hour", 15),
            Map.entry("sixty minutes", 60),
            Map.entry("ninety minutes", 90),
            Map.entry("stunde", 60),
            Map.entry("halbe stunde", 30),
            Map.entry("viertelstunde", 15),
            Map.entry("dreiviertelstunde", 45),
            Map.entry("anderthalb stunden", 90),
            Map.entry("eineinhalb stunden", 90),
            Map.entry("zweieinhalb stunden", 150),
            Map.entry("hora", 60),
            Map.entry("media hora", 30),
            Map.entry("hora y media", 90),
            Map.entry("heure", 60),
            Map.entry("demi heure", 30),
            Map.entry("ora", 60),
            Map.entry("mezz'ora", 30),
            Map.entry("half uur", 30),
            Map.entry("meia hora", 30));

    private static final Pattern ARTICLE_OF_HOUR =
            Pattern.compile("^(?:an?|eine|una|une|een|uma) ((?:" + HOURS + ")\\b)");

    private static final Pattern ARTICLE =
            Pattern.compile("^(?:(?:an?|eine[rn]?|una?|une|een|uma|about|around|etwa|ca\\.?)\\s+)+");

    private WrittenMinutes() {}

    /** Returns the minutes, without trailing zeros; empty when the text names no length. */
    public static Optional<BigDecimal> read(String written) {
        if (written.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        String text = written.strip().toLowerCase(Locale.ROOT).replaceFirst("\\s+please$", "");
        return parse(text)
                .or(() -> parse(TextPatterns.of(Locale.GERMANY)
                        .numberWords
                        .replace(ARTICLE_OF_HOUR.matcher(text).replaceFirst("1 $1"))
                        .replaceFirst("^an? (?=\\d)", "")));
    }

    private static Optional<BigDecimal> parse(String text) {
        return word(text)
                .or(() -> parts(ISO.matcher(text)))
                .or(() -> parts(CLOCK.matcher(text)))
                .or(() -> halves(HOURS_AND_A_HALF.matcher(text)))
                .or(() -> parts(HOURS_AND_MINUTES.matcher(text)))
                .or(() -> minutes(MINUTES_ALONE.matcher(text)))
                .map(BigDecimal::stripTrailingZeros);
    }

    private static Optional<BigDecimal> halves(Matcher matcher) {
        return matcher.matches()
                ? Optional.of(number(matcher.group(1)).multiply(SIXTY).add(HALF_HOUR))
                : Optional.empty();
    }

    private static Optional<BigDecimal> word(String text) {
        String plain = ARTICLE.matcher(text.replace('-', ' ')).replaceFirst("");
        return Optional.ofNullable(WORDS.get(plain)).map(BigDecimal::valueOf);
    }

    private static Optional<BigDecimal> parts(Matcher matcher) {
        return matcher.matches() && (matcher.group(1) != null || matcher.group(2) != null)
                ? Optional.of(number(matcher.group(1)).multiply(SIXTY).add(number(matcher.group(2))))
                : Optional.empty();
    }

    private static Optional<BigDecimal> minutes(Matcher matcher) {
        return matcher.matches() ? Optional.of(number(matcher.group(1))) : Optional.empty();
    }

    private static BigDecimal number(@Nullable String written) {
        return written == null ? BigDecimal.ZERO : new BigDecimal(written.replace(',', '.'));
    }
}
