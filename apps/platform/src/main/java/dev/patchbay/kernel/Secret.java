package dev.patchbay.kernel;

import java.security.SecureRandom;
import java.util.Base64;

/**
 * Secrets in cookies and links: 32 random bytes, of which the database holds the SHA-256. They need no slow password hash,
 * because random bytes cannot be guessed from a dictionary.
 */
public final class Secret {

    private static final SecureRandom RANDOM = new SecureRandom();

    private Secret() {}

    /** A new secret of 43 characters that are safe in a cookie and in a URL. */
    public static String next() {
        byte[] random = new byte[32];
        RANDOM.nextBytes(random);
        return encode(random);
    }

    /** The SHA-256 by which the database stores the secret. */
    public static byte[] hash(String secret) {
        return Hashing.sha256(Hashing.utf8(secret));
    }

    /** A second secret that follows from this one by HMAC-SHA256 and reveals nothing of it; 43 characters. */
    public static String derive(String secret, String purpose) {
        return encode(Hashing.hmacSha256(Hashing.utf8(secret), Hashing.utf8(purpose)));
    }

    /** Compares in constant time. */
    public static boolean constantTimeEquals(String one, String other) {
        return Hashing.constantTimeEquals(Hashing.utf8(one), Hashing.utf8(other));
    }

    /** Base64 for URLs, without padding (RFC 4648, section 5). */
    public static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
