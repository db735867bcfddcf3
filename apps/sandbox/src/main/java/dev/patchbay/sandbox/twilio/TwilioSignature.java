package dev.patchbay.sandbox.twilio;

import dev.patchbay.sandbox.core.Hmac;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/** The header {@code X-Twilio-Signature}. */
final class TwilioSignature {

    private TwilioSignature() {}

    /**
     * Signs a form with HMAC-SHA1 under the auth token; base64. The signed text is the URL followed by each parameter's name
     * and value, in the order of the names.
     */
    static String sign(String authToken, String url, Map<String, String> parameters) {
        StringBuilder text = new StringBuilder(url);
        new TreeMap<>(parameters).forEach((name, value) -> text.append(name).append(value));
        return Base64.getEncoder().encodeToString(Hmac.sha1(authToken, text.toString()));
    }
}
