package dev.patchbay.iam.oidc;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * E-mail addresses and domains, compared without case. Unicode has letters whose other case is an ASCII one (the dotless i, the
 * Kelvin sign), so that somebody else's address could pass for it: what is not ASCII is nobody's.
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
