package dev.patchbay.ingress.spi;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A vendor's fact in our words.
 *
 * @param type CloudEvents type, for example {@code voice.call.analyzed}
 * @param deduplicationKey equal for two tellings of the same fact, also when it was polled; within the connection
 * @param subject the vendor's id of what it is about: the call, the message, the contact
 * @param time when it happened at the vendor
 * @param routes what the client is found by, best first: the first that is mapped decides
 * @param person whom it is about, so that people find it and it can be erased: E.164, else the e-mail address, else the
 *     vendor's id of the contact as {@code contact:<id>}
 * @param data the event's data, per {@code contracts/events}
 */
public record Normalised(
        String type,
        String deduplicationKey,
        String subject,
        Optional<Instant> time,
        List<Route> routes,
        Optional<String> person,
        JsonNode data) {

    /**
     * What a client owns at the vendor.
     *
     * @param kind {@code agent}, {@code number}, {@code location} or {@code customer}
     * @param id the vendor's id of it
     */
    public record Route(String kind, String id) {}
}
