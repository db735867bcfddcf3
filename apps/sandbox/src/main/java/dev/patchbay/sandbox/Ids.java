package dev.patchbay.sandbox;

import java.security.SecureRandom;

/** Identifiers in the alphabets and lengths the vendors use. */
final class Ids {

    private static final SecureRandom RANDOM = new SecureRandom();

    private Ids() {}

    static String hex(int length) {
        return from("0123456789abcdef", length);
    }

    static String alphanumeric(int length) {
        return from("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", length);
    }

    /** Lower case as Google generates event ids. */
    static String base32hex(int length) {
        return from("0123456789abcdefghijklmnopqrstuv", length);
    }

    private static String from(String alphabet, int length) {
        StringBuilder id = new StringBuilder(length);
        RANDOM.ints(length, 0, alphabet.length()).forEach(at -> id.append(alphabet.charAt(at)));
        return id.toString();
    }
}
