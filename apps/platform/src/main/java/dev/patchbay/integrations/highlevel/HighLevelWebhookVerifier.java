package dev.patchbay.integrations.highlevel;

import dev.patchbay.connections.Account;
import dev.patchbay.ingress.spi.Delivery;
import dev.patchbay.ingress.spi.WebhookVerifier;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Verifies {@code X-GHL-Signature}: Ed25519 over the raw body, base64 (HighLevel Marketplace, "Webhook Authentication"). The
 * public key is the connection's setting {@code webhookPublicKey}, PEM or bare base64, or a list of keys during a rotation;
 * without the setting it is the key that HighLevel publishes. The older {@code x-wh-signature} (RSA) ended on 2026-07-01 and is
 * ignored.
 *
 * <p>The scheme contains no time; the body's {@code timestamp} may differ by 5 minutes either way. HighLevel documents it for
 * every delivery, but its published samples lack it; so a body without it is accepted. It cannot be removed from a signed body,
 * and a repeated delivery is a duplicate by its id or content.
 */
@Component
class HighLevelWebhookVerifier implements WebhookVerifier {

    private static final String PUBLISHED_KEY = "MCowBQYDK2VwAyEAi2HR1srL4o18O8BRa7gVJY7G7bupbN3H9AwJrHCDiOg=";
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    HighLevelWebhookVerifier() {}

    @Override
    public String provider() {
        return "highlevel";
    }

    @Override
    public Verdict verify(Delivery delivery, Account account, Instant now) {
        Optional<byte[]> signature =
                delivery.header().apply("x-ghl-signature").flatMap(HighLevelWebhookVerifier::decode);
        boolean genuine = signature.isPresent()
                && publicKeys(account.settings().path("webhookPublicKey"))
                        .anyMatch(key -> isSignedWith(delivery.body(), signature.get(), key));
        if (!genuine) {
            return Verdict.INVALID;
        }
        return isFresh(delivery, now) ? Verdict.VALID : Verdict.EXPIRED;
    }

    /** Accepts only the canonical encoding: base64 has unused bits that anybody could change. */
    private static Optional<byte[]> decode(String header) {
        try {
            byte[] bytes = Base64.getDecoder().decode(header);
            return Optional.of(bytes)
                    .filter(it -> Base64.getEncoder().encodeToString(it).equals(header));
        } catch (IllegalArgumentException noBase64) {
            return Optional.empty();
        }
    }

    private static Stream<String> publicKeys(JsonNode setting) {
        return setting.isArray()
                ? setting.valueStream().map(key -> key.asString(""))
                : Stream.of(setting.asString(PUBLISHED_KEY));
    }

    private static boolean isSignedWith(byte[] body, byte[] signature, String key) {
        try {
            Signature ed25519 = Signature.getInstance("Ed25519");
            ed25519.initVerify(publicKey(key));
            ed25519.update(body);
            return ed25519.verify(signature);
        } catch (GeneralSecurityException | IllegalArgumentException notOfThisKey) {
            return false;
        }
    }

    private static PublicKey publicKey(String encoded) throws GeneralSecurityException {
        String base64 = encoded.replaceAll("-----(BEGIN|END) PUBLIC KEY-----|\\s", "");
        return KeyFactory.getInstance("Ed25519")
                .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(base64)));
    }

    private static boolean isFresh(Delivery delivery, Instant now) {
        try {
            JsonNode timestamp = delivery.json().path("timestamp");
            return timestamp.isMissingNode()
                    || HighLevelTimestamps.parse(timestamp)
                            .filter(at -> Duration.between(at, now).abs().compareTo(TOLERANCE) <= 0)
                            .isPresent();
        } catch (JacksonException notJson) {
            // The normaliser names the problem of a malformed body.
            return true;
        }
    }
}
