package dev.patchbay.kernel;

import java.security.SecureRandom;
import java.util.Base64;

/**
 * What browsers and mails carry: 32 random bytes, of which we keep the SHA-256. A random secret needs no slow hash: there is
 * nothing to guess from.
 */
public final class Secret {

    private static final SecureRandom RANDOM = new SecureRandom();

    private Secret() {}

    /** A new one, in 43 characters that go into a cookie or an address. */
    public static String next() {
        byte[] random = new byte[32];
        RANDOM.nextBytes(random);
        return encode(random);
    }

    public static byte[] hash(String secret) {
        return Hashing.sha256(Hashing.utf8(secret));
    }

    /** Another secret that only the holder of this one could know (HMAC-SHA256), in 43 characters. */
    public static String derived(String secret, String purpose) {
        return encode(Hashing.hmacSha256(Hashing.utf8(secret), Hashing.utf8(purpose)));
    }

    /** Takes the same time wherever they differ. */
    public static boolean same(String one, String other) {
        return Hashing.constantTimeEquals(Hashing.utf8(one), Hashing.utf8(other));
    }

    public static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
