package dev.patchbay.ingress.spi;

import dev.patchbay.connections.Account;
import java.time.Instant;

/** Verifies a provider's signature over the raw bytes of a webhook, in constant time. */
public interface WebhookVerifier {

    /** Returns the provider that this verifier serves, as in {@code /ingress/{provider}/{key}}. */
    String provider();

    /**
     * Verifies the signature with every secret that the account accepts now.
     *
     * @param now the time from which the signature's age is measured, where the provider signs a time
     */
    Verdict verify(Delivery delivery, Account account, Instant now);

    /** Lists the results of a verification. */
    enum Verdict {
        /** The key of this account signed the webhook, within the provider's tolerance. */
        VALID,
        /** The signature is missing, malformed, or does not match this key and body. */
        INVALID,
        /** The key of this account signed the webhook, but outside the provider's tolerance of time. */
        EXPIRED
    }
}
