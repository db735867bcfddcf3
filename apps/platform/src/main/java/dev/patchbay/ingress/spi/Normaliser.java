package dev.patchbay.ingress.spi;

import java.util.Optional;
import java.util.Set;

/** Turns a vendor's webhooks into ours. Tolerates unknown and missing members; knows nothing of storage. */
public interface Normaliser {

    /** The provider it serves. */
    String provider();

    /** What the vendor sends, as media types without parameters; another one is refused before it is read. */
    default Set<String> mediaTypes() {
        return Set.of("application/json");
    }

    /**
     * What the webhook means. An event nobody knows yet is no failure: it becomes {@code provider.<name>.<event>} with
     * its payload as data, so that people see it.
     *
     * @throws Unreadable when what Patchbay relies on is not there
     * @throws tools.jackson.core.JacksonException when a JSON body is not JSON
     */
    Normalised normalise(Delivery delivery);

    /** What this vendor wants to read when a webhook was stored, first or again; empty: our receipt, as JSON. */
    default Optional<Acknowledgement> acknowledgement() {
        return Optional.empty();
    }

    /** An answer with status 200, for vendors who read what is in it. */
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
