package dev.patchbay.sandbox.stripe;

import dev.patchbay.sandbox.core.Hmac;
import java.util.HexFormat;

/** The header {@code Stripe-Signature}. */
final class StripeSignature {

    private StripeSignature() {}

    /** Signs {@code <seconds>.<body>} with HMAC-SHA256 under the endpoint's secret: {@code t=<seconds>,v1=<hex>}. */
    static String sign(String secret, String body, long seconds) {
        return "t=" + seconds + ",v1=" + HexFormat.of().formatHex(Hmac.sha256(secret, seconds + "." + body));
    }
}
