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
 * Checks {@code Stripe-Signature: t=<s>,v1=<hex>[,v1=…]}: HMAC-SHA256 of the seconds, a point and the raw body, with the
 * endpoint's secret as it is (Stripe, "Resolve webhook signature verification errors"). While a secret is rolled Stripe signs
 * with both, so any {@code v1} may match any of ours; {@code v0} belongs to test clocks of old and counts for nothing. Stripe's
 * libraries refuse what is older than 300 seconds; what is as far ahead is refused here too.
 */
@Component
class StripeWebhookVerifier implements WebhookVerifier {

    private static final Pattern ELEMENT = Pattern.compile("([a-z][a-z0-9]{0,15})=([0-9a-zA-Z_-]{1,128})");
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,15}");
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");
    private static final long TOLERANCE_SECONDS = 300;

    /** A header is as long as its sender likes. */
    private static final int MAX_SIGNATURES = 16;

    StripeWebhookVerifier() {}

    @Override
    public String provider() {
        return "stripe";
    }

    @Override
    public Verdict verify(Delivery delivery, Account account, Instant now) {
        Optional<Signatures> stated =
                delivery.header().apply("stripe-signature").flatMap(Signatures::read);
        if (stated.isEmpty()) {
            return Verdict.FORGED;
        }
        boolean genuine = false;
        for (String secret : account.acceptedSecrets("webhook_secret")) {
            byte[] expected = sign(delivery.body(), stated.get().seconds(), secret);
            for (byte[] given : stated.get().v1()) {
                genuine |= Hashing.constantTimeEquals(expected, given);
            }
        }
        if (!genuine) {
            return Verdict.FORGED;
        }
        long skew = Math.abs(now.getEpochSecond() - Long.parseLong(stated.get().seconds()));
        return skew <= TOLERANCE_SECONDS ? Verdict.GENUINE : Verdict.STALE;
    }

    /** @param seconds as they are written, for so they were signed */
    private record Signatures(String seconds, List<byte[]> v1) {

        /** Empty unless there is one time and at least one signature, each element well formed. */
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
