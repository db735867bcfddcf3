package dev.patchbay.ingress.spi;

import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Turns a vendor's payload into ours. Tolerates unknown and missing members; knows nothing of storage. */
public interface Normaliser {

    /** The provider it serves. */
    String provider();

    /**
     * @param payload the verified body, parsed
     * @throws Unreadable when what Patchbay relies on is not there
     */
    Normalised normalise(JsonNode payload);

    /**
     * @param type CloudEvents type, for example {@code voice.call.analyzed}
     * @param deduplicationKey equal for two deliveries of the same fact
     * @param subject what it is about: the call's id
     * @param time when it happened at the vendor
     * @param routeKind what the client is found by, for example {@code agent}
     * @param routeId the vendor's id of that
     * @param data the event's data, per {@code contracts/events}
     */
    record Normalised(
            String type,
            String deduplicationKey,
            String subject,
            Optional<Instant> time,
            String routeKind,
            String routeId,
            JsonNode data) {}

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
