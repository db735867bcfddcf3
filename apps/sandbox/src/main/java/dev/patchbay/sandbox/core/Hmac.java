package dev.patchbay.sandbox.core;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Keyed hashes, with which most vendors sign their webhooks. */
public final class Hmac {

    private Hmac() {}

    public static byte[] sha256(String key, String text) {
        return compute("HmacSHA256", key, text);
    }

    /** SHA-1 is Twilio's choice. */
    public static byte[] sha1(String key, String text) {
        return compute("HmacSHA1", key, text);
    }

    private static byte[] compute(String algorithm, String key, String text) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), algorithm));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The JDK has no " + algorithm, e);
        }
    }
}
