package dev.patchbay.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs webhooks as the providers do. It shares no code with the verifiers, so that both cannot be wrong in the same way. */
public final class WebhookSigner {

    private WebhookSigner() {}

    /** The value of {@code x-retell-signature}. */
    public static String retell(String apiKey, String body, Instant at) {
        String millis = String.valueOf(at.toEpochMilli());
        return "v=" + millis + ",d=" + HexFormat.of().formatHex(hmac("HmacSHA256", apiKey, body + millis));
    }

    /** The value of {@code X-Twilio-Signature}. */
    public static String twilio(String authToken, String text) {
        return Base64.getEncoder().encodeToString(hmac("HmacSHA1", authToken, text));
    }

    /** The value of {@code Stripe-Signature}. */
    public static String stripe(String secret, String body, Instant at) {
        String seconds = String.valueOf(at.getEpochSecond());
        return "t=" + seconds + ",v1=" + HexFormat.of().formatHex(hmac("HmacSHA256", secret, seconds + "." + body));
    }

    public static byte[] hmac(String algorithm, String key, String text) {
        return hmac(algorithm, key.getBytes(UTF_8), text.getBytes(UTF_8));
    }

    /** @param parts authenticated as if they were one text */
    public static byte[] hmac(String algorithm, byte[] key, byte[]... parts) {
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
}
