package dev.patchbay.kernel;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * Ids that sort by creation time, so that indexes grow at one end: a prefix for the kind, then 48 bits of Unix milliseconds and
 * 80 random bits in Crockford's base 32 (the layout of ULID), lower case.
 */
public final class Ids {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final char[] ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();
    private static final Pattern WELL_FORMED = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.:/-]{0,127}");

    private Ids() {}

    /** A new id of the given kind, for example {@code run_01k8…}. */
    public static String next(String kind, Instant now) {
        byte[] random = new byte[16];
        RANDOM.nextBytes(random);
        var text = new StringBuilder(kind.length() + 27).append(lowestAt(kind, now));
        for (byte octet : random) {
            text.append(ALPHABET[octet & 31]);
        }
        return text.toString();
    }

    /** A lower bound: sorts before every id of that kind created at that moment or later, and after every earlier one. */
    public static String lowestAt(String kind, Instant moment) {
        var text = new StringBuilder(kind.length() + 11).append(kind).append('_');
        for (int shift = 45; shift >= 0; shift -= 5) {
            text.append(ALPHABET[(int) (moment.toEpochMilli() >>> shift) & 31]);
        }
        return text.toString();
    }

    /**
     * Rejects a text that cannot be an id, of ours or of a provider.
     *
     * @throws IllegalArgumentException when the text is empty, longer than 128 or holds other than {@code A-Za-z0-9_.:/-}
     */
    public static String requireWellFormed(String value) {
        if (!WELL_FORMED.matcher(value).matches()) {
            throw new IllegalArgumentException("not a well-formed id");
        }
        return value;
    }
}
