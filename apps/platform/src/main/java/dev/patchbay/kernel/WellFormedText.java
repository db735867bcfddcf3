package dev.patchbay.kernel;

import java.util.stream.IntStream;

/**
 * Texts that are Unicode and that PostgreSQL can store: a character that is neither costs itself, not the text around it. People's
 * devices cut emoji in halves, and some carriers end names with a NUL.
 */
public final class WellFormedText {

    private static final char REPLACEMENT = '\ufffd';

    private WellFormedText() {}

    /** The text, with U+FFFD for each U+0000 and each half of a surrogate pair. */
    public static String of(String text) {
        return IntStream.range(0, text.length()).noneMatch(index -> isBroken(text, index))
                ? text
                : IntStream.range(0, text.length())
                        .map(index -> isBroken(text, index) ? REPLACEMENT : text.charAt(index))
                        .collect(StringBuilder::new, (built, unit) -> built.append((char) unit), StringBuilder::append)
                        .toString();
    }

    private static boolean isBroken(String text, int index) {
        char unit = text.charAt(index);
        if (Character.isHighSurrogate(unit)) {
            return index + 1 == text.length() || !Character.isLowSurrogate(text.charAt(index + 1));
        }
        if (Character.isLowSurrogate(unit)) {
            return index == 0 || !Character.isHighSurrogate(text.charAt(index - 1));
        }
        return unit == 0;
    }
}
