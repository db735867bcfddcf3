package dev.patchbay.ingress.spi;

import dev.patchbay.kernel.CorrelationId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A provider's fact in canonical form.
 *
 * @param type CloudEvents type, for example {@code voice.call.analyzed}
 * @param deduplicationKey equal for every delivery of the same fact within the connection, whether pushed or polled
 * @param subject the provider's id of what it is about: the call, the message, the contact
 * @param time when it happened at the provider
 * @param routes what the client is found by, best first; the first route that is mapped decides
 * @param person the person it is about, by whom it is searched and erased: E.164, else the e-mail address, else the
 *     provider's id of the contact as {@code contact:<id>}
 * @param data the event's data, per {@code contracts/events}
 * @param correlation of the conversation it belongs to; empty for a fact of none, which gets the id of its delivery
 */
public record Normalised(
        String type,
        String deduplicationKey,
        String subject,
        Optional<Instant> time,
        List<Route> routes,
        Optional<String> person,
        JsonNode data,
        Optional<CorrelationId> correlation) {

    /** A fact that belongs to no conversation. */
    public Normalised(
            String type,
            String deduplicationKey,
            String subject,
            Optional<Instant> time,
            List<Route> routes,
            Optional<String> person,
            JsonNode data) {
        this(type, deduplicationKey, subject, time, routes, person, data, Optional.empty());
    }

    /**
     * A thing of one client at the provider.
     *
     * @param kind {@code agent}, {@code number}, {@code location} or {@code customer}
     * @param id the provider's id of it
     */
    public record Route(String kind, String id) {}
}
