package dev.patchbay.integrations.stripe;

import dev.patchbay.connections.Account;
import dev.patchbay.ingress.spi.Delivery;
import dev.patchbay.ingress.spi.WebhookVerifier;
import dev.patchbay.kernel.Hashing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * Verifies {@code Stripe-Signature: t=<s>,v1=<hex>[,v1=…]}: HMAC-SHA256 of the seconds, a point and the raw body, keyed with the
 * endpoint's secret as it is (Stripe, "Resolve webhook signature verification errors"). While a secret is rolled, Stripe signs
 * with both, so any {@code v1} may match any accepted secret; {@code v0} is ignored. Stripe's libraries reject signatures older
 * than 300 s; signatures more than 300 s ahead are rejected here as well.
 */
@Component
class StripeWebhookVerifier implements WebhookVerifier {

    private static final Pattern ELEMENT = Pattern.compile("([a-z][a-z0-9]{0,15})=([0-9a-zA-Z_-]{1,128})");
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,15}");
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");
    private static final long TOLERANCE_SECONDS = 300;

    /** Bounds the work that a long header causes. */
    private static final int MAX_SIGNATURES = 16;

    StripeWebhookVerifier() {}

    @Override
    public String provider() {
        return "stripe";
    }

    @Override
    public Verdict verify(Delivery delivery, Account account, Instant now) {
        Optional<Signatures> header =
                delivery.header().apply("stripe-signature").flatMap(Signatures::read);
        if (header.isEmpty()) {
            return Verdict.INVALID;
        }
        boolean isValid = false;
        for (String secret : account.acceptedSecrets("webhook_secret")) {
            byte[] expected = sign(delivery.body(), header.get().seconds(), secret);
            for (byte[] signature : header.get().v1()) {
                isValid |= Hashing.constantTimeEquals(expected, signature);
            }
        }
        if (!isValid) {
            return Verdict.INVALID;
        }
        long skew = Math.abs(now.getEpochSecond() - Long.parseLong(header.get().seconds()));
        return skew <= TOLERANCE_SECONDS ? Verdict.VALID : Verdict.EXPIRED;
    }

    /** @param seconds as sent, because that text is signed */
    private record Signatures(String seconds, List<byte[]> v1) {

        /** Empty unless every element is well formed and there is exactly one time. */
        static Optional<Signatures> read(String header) {
            var seconds = new ArrayList<String>();
            var v1 = new ArrayList<byte[]>();
            for (String element : header.split(",", -1)) {
                var parts = ELEMENT.matcher(element);
                if (!parts.matches()) {
                    return Optional.empty();
                }
                String value = parts.group(2);
                if (parts.group(1).equals("t")) {
                    seconds.add(value);
                } else if (parts.group(1).equals("v1") && HEX.matcher(value).matches()) {
                    v1.add(HexFormat.of().parseHex(value));
                }
            }
            return Optional.of(new Signatures(String.join("", seconds), v1))
                    .filter(it ->
                            seconds.size() == 1 && SECONDS.matcher(it.seconds()).matches())
                    .filter(it -> v1.size() <= MAX_SIGNATURES);
        }
    }

    private static byte[] sign(byte[] body, String seconds, String secret) {
        return Hashing.hmacSha256(Hashing.utf8(secret), Hashing.utf8(seconds + "."), body);
    }
}
