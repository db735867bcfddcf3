package dev.patchbay.ingress.spi;

import java.util.Optional;
import java.util.Set;

/** Turns a provider's webhooks into canonical facts. Tolerates unknown and missing members; does not store. */
public interface Normaliser {

    /** The provider it serves. */
    String provider();

    /** The media types the provider sends, without parameters; any other is rejected before the body is read. */
    default Set<String> mediaTypes() {
        return Set.of("application/json");
    }

    /**
     * Normalises one webhook. An event type that is not known yet is no failure: it becomes
     * {@code provider.<name>.<event>} with its payload as data, so that people see it.
     *
     * @throws Unreadable when a member is missing that Patchbay relies on
     * @throws tools.jackson.core.JacksonException when a JSON body is not JSON
     */
    Normalised normalise(Delivery delivery);

    /** The answer this provider expects to a stored webhook, new or duplicate; empty for our receipt, as JSON. */
    default Optional<Acknowledgement> acknowledgement() {
        return Optional.empty();
    }

    /** An answer with status 200, for providers that read its body. */
    record Acknowledgement(String mediaType, String body) {}

    /** A payload without a member Patchbay relies on. */
    class Unreadable extends RuntimeException {
        private final String pointer;

        /** @param pointer JSON pointer to what is wrong, for example {@code /call/call_id} */
        public Unreadable(String pointer, String sentence) {
            super(sentence);
            this.pointer = pointer;
        }

        public String pointer() {
            return pointer;
        }
    }
}
