package dev.patchbay.integrations.retell;

import dev.patchbay.connections.Account;
import dev.patchbay.ingress.spi.Delivery;
import dev.patchbay.ingress.spi.WebhookVerifier;
import dev.patchbay.kernel.Hashing;
import java.time.Instant;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * Verifies {@code x-retell-signature: v=<unix ms>,d=<hex>}: HMAC-SHA256 of the raw body and the milliseconds, keyed with the API
 * key (docs.retellai.com, "Secure the webhook"; Retell's SDK accepts 5 minutes). During a rotation either key is accepted.
 */
@Component
class RetellWebhookVerifier implements WebhookVerifier {

    private static final Pattern SIGNATURE = Pattern.compile("v=([0-9]{1,15}),d=([0-9a-f]{64})");
    private static final long TOLERANCE_MILLIS = 300_000;

    RetellWebhookVerifier() {}

    @Override
    public String provider() {
        return "retell";
    }

    @Override
    public Verdict verify(Delivery delivery, Account account, Instant now) {
        Matcher signature =
                SIGNATURE.matcher(delivery.header().apply("x-retell-signature").orElse(""));
        if (!signature.matches()) {
            return Verdict.INVALID;
        }
        byte[] digest = HexFormat.of().parseHex(signature.group(2));
        boolean isValid = false;
        for (String key : account.acceptedSecrets("api_key")) {
            isValid |= Hashing.constantTimeEquals(sign(delivery.body(), signature.group(1), key), digest);
        }
        if (!isValid) {
            return Verdict.INVALID;
        }
        long skew = Math.abs(now.toEpochMilli() - Long.parseLong(signature.group(1)));
        return skew <= TOLERANCE_MILLIS ? Verdict.VALID : Verdict.EXPIRED;
    }

    private static byte[] sign(byte[] body, String milliseconds, String key) {
        return Hashing.hmacSha256(Hashing.utf8(key), body, Hashing.utf8(milliseconds));
    }
}
