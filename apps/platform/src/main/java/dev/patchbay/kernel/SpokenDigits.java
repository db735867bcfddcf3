package dev.patchbay.kernel;

import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Converts a telephone number that was spoken digit by digit: “four one five, double five …”, “null eins sieben zwo”. */
final class SpokenDigits {

    private static final Map<String, String> DIGITS = Map.ofEntries(
            Map.entry("zero", "0"),
            Map.entry("oh", "0"),
            Map.entry("one", "1"),
            Map.entry("two", "2"),
            Map.entry("three", "3"),
            Map.entry("four", "4"),
            Map.entry("five", "5"),
            Map.entry("six", "6"),
            Map.entry("seven", "7"),
            Map.entry("eight", "8"),
            Map.entry("nine", "9"),
            Map.entry("null", "0"),
            Map.entry("eins", "1"),
            Map.entry("zwei", "2"),
            Map.entry("zwo", "2"),
            Map.entry("drei", "3"),
            Map.entry("vier", "4"),
            Map.entry("fünf", "5"),
            Map.entry("sechs", "6"),
            Map.entry("sieben", "7"),
            Map.entry("acht", "8"),
            Map.entry("neun", "9"),
            Map.entry("cero", "0"),
            Map.entry("uno", "1"),
            Map.entry("dos", "2"),
            Map.entry("tres", "3"),
            Map.entry("cuatro", "4"),
            Map.entry("cinco", "5"),
            Map.entry("seis", "6"),
            Map.entry("siete", "7"),
            Map.entry("ocho", "8"),
            Map.entry("nueve", "9"),
            Map.entry("zéro", "0"),
            Map.entry("deux", "2"),
            Map.entry("trois", "3"),
            Map.entry("quatre", "4"),
            Map.entry("cinq", "5"),
            Map.entry("sept", "7"),
            Map.entry("huit", "8"),
            Map.entry("neuf", "9"));

    private static final String DIGIT = "(" + String.join("|", DIGITS.keySet()) + "|\\d)";
    private static final Pattern REPEATED =
            Pattern.compile("(?<!\\p{L})(double|triple|doppel|dreifach|doble)[ -]?" + DIGIT + "(?!\\p{L})");
    private static final Pattern WORD = Pattern.compile("(?<!\\p{L})" + DIGIT + "(?!\\p{L})");
    private static final Pattern PLUS = Pattern.compile("(?<!\\p{L})plus(?!\\p{L})");
    private static final Pattern LETTER = Pattern.compile("\\p{L}");

    /** A remark after a number, in brackets or as a last word, which names the kind of telephone. */
    private static final Pattern REMARK =
            Pattern.compile("\\s*\\([^()\\d]*\\)\\s*$|(?<=\\d[\\d ().-]{5,40}\\d)[\\s,;-]+\\p{L}[\\p{L} .]*$");

    private static final Map<String, Integer> TEENS = Map.of(
            "ten",
            10,
            "eleven",
            11,
            "twelve",
            12,
            "thirteen",
            13,
            "fourteen",
            14,
            "fifteen",
            15,
            "sixteen",
            16,
            "seventeen",
            17,
            "eighteen",
            18,
            "nineteen",
            19);

    private static final Map<String, Integer> TENS = Map.of(
            "twenty", 2, "thirty", 3, "forty", 4, "fifty", 5, "sixty", 6, "seventy", 7, "eighty", 8, "ninety", 9);

    private static final Pattern TENS_AND_ONES = Pattern.compile("(?<!\\p{L})(" + String.join("|", TENS.keySet())
            + ")(?:[ -](one|two|three|four|five|six|seven|eight|nine))?(?!\\p{L})");

    /** Digits in words that are no part of names; “dos” is in Portuguese ones. */
    private static final Pattern ONES = Pattern.compile(
            "(?<!\\p{L})(zero|oh|one|two|three|four|five|six|seven|eight|nine|null|eins|zwei|zwo|drei|vier|fünf|sechs|sieben|acht|neun)"
                    + "(?!\\p{L})");

    private static final Pattern TEEN =
            Pattern.compile("(?<!\\p{L})(" + String.join("|", TEENS.keySet()) + ")(?!\\p{L})");

    private SpokenDigits() {}

    /** Returns a text in lower case with its numbers as digits, “ninety nine” as {@code 99}, and its other words as they are. */
    static String inWords(String lower) {
        String tens = TENS_AND_ONES
                .matcher(lower)
                .replaceAll(match -> TENS.get(match.group(1)) + (match.group(2) == null ? "0" : digit(match.group(2))));
        String teens = TEEN.matcher(tens).replaceAll(match -> String.valueOf(TEENS.get(match.group(1))));
        String repeated = REPEATED.matcher(teens).replaceAll(SpokenDigits::repeat);
        return ONES.matcher(repeated).replaceAll(match -> digit(match.group(1)));
    }

    /** Returns the text with its spoken digits converted. A text without a digit in words is returned as it is. */
    static String replace(String written) {
        String bare = REMARK.matcher(written).replaceFirst("");
        if (!LETTER.matcher(bare).find()) {
            return bare;
        }
        String lower = bare.toLowerCase(Locale.ROOT);
        String repeated = REPEATED.matcher(lower).replaceAll(SpokenDigits::repeat);
        String digits = WORD.matcher(repeated).replaceAll(match -> digit(match.group(1)));
        return digits.equals(lower)
                ? bare
                : PLUS.matcher(digits).replaceAll("+").replace(',', ' ');
    }

    private static String repeat(MatchResult match) {
        boolean thrice = match.group(1).startsWith("tri") || match.group(1).startsWith("drei");
        return digit(match.group(2)).repeat(thrice ? 3 : 2);
    }

    private static String digit(String word) {
        return DIGITS.getOrDefault(word, word);
    }
}
