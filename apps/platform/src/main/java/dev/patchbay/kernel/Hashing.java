package dev.patchbay.kernel;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Digests (SHA-256), message authentication codes (HMAC, RFC 2104), and how two of them are compared. */
public final class Hashing {

    private Hashing() {}

    /** The text as UTF-8, the form in which texts are hashed. */
    public static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** SHA-256, 32 bytes. */
    public static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    /**
     * @param key not empty
     * @param parts authenticated as if they were one text
     */
    public static byte[] hmacSha256(byte[] key, byte[]... parts) {
        return hmac("HmacSHA256", key, parts);
    }

    /** HMAC-SHA1, for a vendor that signs with it; nothing of ours does. */
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

    /** Compares in constant time. */
    public static boolean constantTimeEquals(byte[] one, byte[] other) {
        return MessageDigest.isEqual(one, other);
    }
}
