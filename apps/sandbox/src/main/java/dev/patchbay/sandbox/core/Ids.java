package dev.patchbay.sandbox.core;

import java.security.SecureRandom;

/** Random identifiers in the alphabets and lengths that the vendors use. */
public final class Ids {

    private static final SecureRandom RANDOM = new SecureRandom();

    private Ids() {}

    public static String hex(int length) {
        return random("0123456789abcdef", length);
    }

    public static String alphanumeric(int length) {
        return random("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", length);
    }

    /** Lower-case base32hex (RFC 4648), in which Google generates event ids. */
    public static String base32hex(int length) {
        return random("0123456789abcdefghijklmnopqrstuv", length);
    }

    private static String random(String alphabet, int length) {
        StringBuilder id = new StringBuilder(length);
        RANDOM.ints(length, 0, alphabet.length()).forEach(index -> id.append(alphabet.charAt(index)));
        return id.toString();
    }
}
