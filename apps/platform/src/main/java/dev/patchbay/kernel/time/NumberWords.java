package dev.patchbay.kernel.time;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes numbers in words as digits, in the client's language and in English: “two thirty” and “two-thirty” become {@code 2:30}, “vierzehn Uhr
 * dreißig” {@code 14 Uhr 30}, “March third” {@code March 3th}.
 */
final class NumberWords {

    private static final int CENTURY_WORD = 20;

    /** Marks a number that was written as a word, until its neighbours are read. */
    private static final String OPEN = "\u2039";

    private static final String CLOSE = "\u203a";

    private static final Pattern YEAR = Pattern.compile("‹2› thousand (?:and )?‹(\\d{2})›");
    private static final Pattern HOUR_AND_MINUTES = Pattern.compile("‹(\\d{1,2})›[ -]‹(\\d{2})›");
    private static final Pattern HOUR_AND_MINUTE = Pattern.compile("‹(\\d{1,2})› (?:oh|o|zero) ‹(\\d)›");
    /** Matches an hour in digits before minutes in words, because some agents write only one of the two numbers in digits. */
    private static final Pattern DIGITS_AND_MINUTES = Pattern.compile("(?<![\\d:])(\\d{1,2}) ‹(15|30|45)›");

    /** Matches a day and a month, “am vierten zwölften”. */
    private static final Pattern DAY_AND_MONTH = Pattern.compile("(?<!\\d)(\\d{1,2})th (\\d{1,2})th(?!\\p{L})");

    private final Map<String, Integer> cardinals;
    private final Map<String, Integer> ordinals;
    private final Pattern cardinal;
    private final Pattern hyphenated;
    private final Pattern ordinal;

    NumberWords(TimeWords words) {
        this.cardinals = words.numbers("numbers", 0);
        this.ordinals = words.numbers("ordinals", 1);
        this.cardinal = whole(cardinals);
        String number = TimeWords.pattern(cardinals.keySet());
        this.hyphenated = Pattern.compile("(?<![\\p{L}\\d-])(" + number + ")-(?=" + number + "(?![\\p{L}\\d]))");
        this.ordinal = whole(ordinals);
    }

    private static Pattern whole(Map<String, Integer> words) {
        return Pattern.compile("(?<![\\p{L}\\d-])" + TimeWords.pattern(words.keySet()) + "(?![\\p{L}\\d])");
    }

    /**
     * Replaces the numbers in words.
     *
     * @param text the text in lower case
     */
    String replace(String text) {
        String dates = ordinal.matcher(text).replaceAll(match -> ordinals.get(match.group()) + "th");
        String datesInNumbers = DAY_AND_MONTH.matcher(dates).replaceAll("$1.$2.");
        String apart = hyphenated.matcher(datesInNumbers).replaceAll("$1 ");
        String marked = cardinal.matcher(apart).replaceAll(match -> OPEN + cardinals.get(match.group()) + CLOSE);
        String joined = YEAR.matcher(marked).replaceAll("20$1");
        joined = HOUR_AND_MINUTE.matcher(joined).replaceAll("$1:0$2");
        joined = HOUR_AND_MINUTES
                .matcher(joined)
                .replaceAll(match -> Matcher.quoteReplacement(
                        Integer.parseInt(match.group(1)) == CENTURY_WORD
                                ? match.group(1) + match.group(2)
                                : match.group(1) + ":" + match.group(2)));
        joined = DIGITS_AND_MINUTES.matcher(joined).replaceAll("$1:$2");
        return joined.replace(OPEN, "").replace(CLOSE, "");
    }
}
