package dev.patchbay.sandbox.retell;

import dev.patchbay.sandbox.core.Hmac;
import java.util.HexFormat;

/** The header {@code x-retell-signature}. */
final class RetellSignature {

    static final String HEADER = "x-retell-signature";

    private RetellSignature() {}

    /** Signs the body followed by the time in milliseconds with HMAC-SHA256 under the API key: {@code v=<millis>,d=<hex>}. */
    static String sign(String apiKey, String body, long millis) {
        return "v=" + millis + ",d=" + HexFormat.of().formatHex(Hmac.sha256(apiKey, body + millis));
    }
}
