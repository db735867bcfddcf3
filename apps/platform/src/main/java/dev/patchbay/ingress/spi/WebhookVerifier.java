package dev.patchbay.ingress.spi;

import dev.patchbay.connections.Account;
import java.time.Instant;

/** Verifies a provider's signature over the raw bytes of a webhook, in constant time. */
public interface WebhookVerifier {

    /** The provider it serves, as in {@code /ingress/{provider}/{key}}. */
    String provider();

    /**
     * Verifies the signature with every secret that the account accepts now.
     *
     * @param now by which the age of the signature is measured, where the provider signs a time
     */
    Verdict verify(Delivery delivery, Account account, Instant now);

    /** The result of a verification. */
    enum Verdict {
        /** Signed with the key of this account, within the provider's tolerance. */
        VALID,
        /** The signature is missing, malformed, or not of this key and body. */
        INVALID,
        /** Signed with the key of this account, but outside the provider's tolerance of time. */
        EXPIRED
    }
}
