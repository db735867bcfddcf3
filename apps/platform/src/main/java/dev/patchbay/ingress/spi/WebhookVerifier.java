package dev.patchbay.ingress.spi;

import dev.patchbay.connections.Account;
import java.time.Instant;

/** Tells a vendor's webhook from a forgery, by its raw bytes, in constant time. */
public interface WebhookVerifier {

    /** The provider it serves, as in {@code /ingress/{provider}/{key}}. */
    String provider();

    Verdict verify(Delivery delivery, Account account, Instant now);

    /** What the signature says. */
    enum Verdict {
        GENUINE,
        /** The signature is missing, malformed or not of this key and body. */
        FORGED,
        /** Genuine, but outside the vendor's tolerance. */
        STALE
    }
}
