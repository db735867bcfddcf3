package dev.patchbay.iam.oidc;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Compares e-mail addresses and domains without case. Some Unicode letters have an ASCII letter as their other case (the dotless
 * i, the Kelvin sign), so another person's address could match; text that is not ASCII therefore matches nothing.
 */
public final class AsciiText {

    private AsciiText() {}

    public static boolean equalsIgnoreCase(String one, String other) {
        return Stream.of(one, other).allMatch(AsciiText::isAscii) && one.equalsIgnoreCase(other);
    }

    /** In lower case; empty when it is not ASCII. */
    static String toLowerCase(String text) {
        return isAscii(text) ? text.toLowerCase(Locale.ROOT) : "";
    }

    private static boolean isAscii(String text) {
        return StandardCharsets.US_ASCII.newEncoder().canEncode(text);
    }
}
