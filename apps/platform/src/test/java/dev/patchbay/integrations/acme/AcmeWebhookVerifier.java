package dev.patchbay.integrations.acme;

import dev.patchbay.connections.Account;
import dev.patchbay.ingress.spi.Delivery;
import dev.patchbay.ingress.spi.WebhookVerifier;
import dev.patchbay.kernel.Hashing;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Verifies {@code X-Acme-Digest}: SHA-256 of the shared secret and the raw body, in hex. */
@Component
class AcmeWebhookVerifier implements WebhookVerifier {

    AcmeWebhookVerifier() {}

    @Override
    public String provider() {
        return "acmephones";
    }

    @Override
    public Verdict verify(Delivery delivery, Account account, Instant now) {
        byte[] signature = Hashing.utf8(
                Optional.of("x-acme-digest").flatMap(delivery.header()).orElse(""));
        boolean isValid = account.acceptedSecrets("secret").stream()
                .anyMatch(secret -> MessageDigest.isEqual(Hashing.utf8(digest(secret, delivery.body())), signature));
        return isValid ? Verdict.VALID : Verdict.INVALID;
    }

    static String digest(String secret, byte[] body) {
        byte[] start = Hashing.utf8(secret);
        byte[] signed = new byte[start.length + body.length];
        System.arraycopy(start, 0, signed, 0, start.length);
        System.arraycopy(body, 0, signed, start.length, body.length);
        return HexFormat.of().formatHex(Hashing.sha256(signed));
    }
}
