package dev.patchbay.kernel;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Computes digests (SHA-256) and message authentication codes (HMAC, RFC 2104), and compares them. */
public final class Hashing {

    private Hashing() {}

    /** Returns the text as UTF-8. Texts are hashed in this form. */
    public static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Returns the SHA-256 digest, 32 bytes. */
    public static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    /**
     * Returns the HMAC-SHA256 of the parts.
     *
     * @param key not empty
     * @param parts authenticated as if they were one text
     */
    public static byte[] hmacSha256(byte[] key, byte[]... parts) {
        return hmac("HmacSHA256", key, parts);
    }

    /** Returns the HMAC-SHA1, for a vendor that signs with it. Patchbay itself signs nothing with it. */
    public static byte[] hmacSha1(byte[] key, byte[]... parts) {
        return hmac("HmacSHA1", key, parts);
    }

    private static byte[] hmac(String algorithm, byte[] key, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key, algorithm));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    /** Compares two values in constant time. */
    public static boolean constantTimeEquals(byte[] one, byte[] other) {
        return MessageDigest.isEqual(one, other);
    }
}
