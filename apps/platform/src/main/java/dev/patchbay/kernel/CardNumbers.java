package dev.patchbay.kernel;

import java.util.regex.Pattern;

/** Masks card numbers: digits with the prefix and length of a known card network and a valid Luhn digit. */
final class CardNumbers {

    private static final Pattern NETWORK_FORMAT = Pattern.compile(
            "4(?:\\d{12}|\\d{15}|\\d{18})|5[1-5]\\d{14}|2[2-7]\\d{14}|3[47]\\d{13}|3[068]\\d{12}|35\\d{14}|6\\d{15,18}");
    private static final int MAX_DIGITS = 19;
    private static final int MIN_DIGITS = 13;

    private CardNumbers() {}

    /**
     * @param digits digits with single or repeated spaces and dashes between them
     */
    static String mask(String digits) {
        var out = new StringBuilder(digits.length());
        int at = 0;
        while (at < digits.length()) {
            int end = startsDigitGroup(digits, at) ? endOfCard(digits, at) : at;
            if (end > at) {
                out.append("[card]");
                at = end;
            } else {
                out.append(digits.charAt(at++));
            }
        }
        return out.toString();
    }

    private static boolean startsDigitGroup(String text, int at) {
        return isDigit(text, at) && !isDigit(text, at - 1);
    }

    /** The index after the card number that starts here; {@code start} when there is none. */
    private static int endOfCard(String text, int start) {
        var number = new StringBuilder(MAX_DIGITS);
        // Separators count as well, so that a long line of them ends the search.
        for (int at = start; number.length() < MAX_DIGITS && at < text.length() && at < start + 2 * MAX_DIGITS; at++) {
            if (isDigit(text, at)) {
                number.append(text.charAt(at));
                if (number.length() >= MIN_DIGITS && !isDigit(text, at + 1) && isCard(number)) {
                    return at + 1;
                }
            }
        }
        return start;
    }

    private static boolean isCard(CharSequence number) {
        return hasLuhnDigit(number) && NETWORK_FORMAT.matcher(number).matches();
    }

    private static boolean hasLuhnDigit(CharSequence number) {
        int sum = 0;
        for (int place = 0; place < number.length(); place++) {
            int digit = number.charAt(number.length() - 1 - place) - '0';
            int doubled = digit * (1 + place % 2);
            sum += doubled / 10 + doubled % 10;
        }
        return sum % 10 == 0;
    }

    private static boolean isDigit(String text, int at) {
        return at >= 0 && at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9';
    }
}
