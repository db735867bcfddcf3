package dev.patchbay.sandbox;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** How the vendors sign what they send. */
final class Signatures {

    private Signatures() {}

    /** {@code x-retell-signature}: HMAC-SHA256 of body and milliseconds under the API key. */
    static String retell(String apiKey, String body, long millis) {
        return "v=" + millis + ",d=" + HexFormat.of().formatHex(mac("HmacSHA256", apiKey, body + millis));
    }

    /** {@code X-Twilio-Signature} of a form: the URL, then each parameter by name, under the auth token. */
    static String twilio(String authToken, String url, Map<String, String> parameters) {
        StringBuilder signed = new StringBuilder(url);
        new TreeMap<>(parameters).forEach((name, value) -> signed.append(name).append(value));
        // Twilio's scheme is HMAC-SHA1; it is theirs to choose.
        return Base64.getEncoder().encodeToString(mac("HmacSHA1", authToken, signed.toString()));
    }

    /** {@code Stripe-Signature}: HMAC-SHA256 of seconds, a point and the body under the endpoint's secret. */
    static String stripe(String secret, String body, long seconds) {
        return "t=" + seconds + ",v1=" + HexFormat.of().formatHex(mac("HmacSHA256", secret, seconds + "." + body));
    }

    private static byte[] mac(String algorithm, String key, String text) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), algorithm));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has " + algorithm, e);
        }
    }
}
