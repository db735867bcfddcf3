package dev.patchbay.kernel;

import java.security.SecureRandom;
import java.util.Base64;

/**
 * Creates and hashes secrets for cookies and links. Each has 32 random bytes, and the database holds only their SHA-256. They
 * need no slow password hash, because random bytes cannot be guessed from a dictionary.
 */
public final class Secret {

    private static final SecureRandom RANDOM = new SecureRandom();

    private Secret() {}

    /** Returns a new secret of 43 characters that are safe in a cookie and in a URL. */
    public static String next() {
        byte[] random = new byte[32];
        RANDOM.nextBytes(random);
        return encode(random);
    }

    /** Returns the SHA-256 under which the database stores the secret. */
    public static byte[] hash(String secret) {
        return Hashing.sha256(Hashing.utf8(secret));
    }

    /** Derives a second secret of 43 characters by HMAC-SHA256. It reveals nothing about the first. */
    public static String derive(String secret, String purpose) {
        return encode(Hashing.hmacSha256(Hashing.utf8(secret), Hashing.utf8(purpose)));
    }

    /** Compares two secrets in constant time. */
    public static boolean constantTimeEquals(String one, String other) {
        return Hashing.constantTimeEquals(Hashing.utf8(one), Hashing.utf8(other));
    }

    /** Encodes the bytes as Base64 for URLs, without padding (RFC 4648, section 5). */
    public static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
