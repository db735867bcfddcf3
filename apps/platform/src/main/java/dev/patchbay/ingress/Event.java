package dev.patchbay.ingress;

import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.EventId;
import dev.patchbay.kernel.TenantId;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A canonical event: one fact that a provider reported, in the form of a CloudEvents 1.0 envelope.
 *
 * @param id ours; ids sort by receipt
 * @param client the client it concerns; empty until its agent, location or number is mapped to one
 * @param type for example {@code voice.call.analyzed}
 * @param source the connection it came through, as a URI reference
 * @param subject the provider's id of what it is about, for example of the call
 * @param time when it happened at the provider; the time of receipt where the provider states none
 * @param dataSchema name of the schema that the data was validated against
 * @param data per {@code contracts/events}
 * @param person the person it is about: E.164, else the e-mail address, else {@code contact:<the provider's id>}
 * @param cause the action of ours that this event is the echo of; empty for an event from outside, and until it was looked up
 */
public record Event(
        EventId id,
        TenantId tenant,
        Optional<ClientId> client,
        ConnectionId connectionId,
        String type,
        String source,
        String subject,
        Instant time,
        CorrelationId correlation,
        Optional<String> dataSchema,
        JsonNode data,
        Optional<String> person,
        Origin origin,
        Instant receivedAt,
        EventStatus status,
        Optional<Cause> cause) {

    /**
     * The run or live call whose action caused an event.
     *
     * @param origin a run's id, or {@code live:<call id>}
     * @param depth how many runs of ours lie between the event and the outside, from 1
     */
    public record Cause(String origin, int depth) {}

    /** The way an event reached us. */
    public enum Origin {
        /** A webhook of the provider. */
        WEBHOOK,
        /** A poll: its webhook never arrived. */
        POLL
    }
}
