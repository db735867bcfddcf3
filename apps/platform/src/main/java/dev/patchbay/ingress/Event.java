package dev.patchbay.ingress;

import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.TenantId;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A fact that a provider told us, in our words: what a CloudEvents 1.0 envelope holds.
 *
 * @param id ours; ids sort by receipt
 * @param client whom it concerns; empty when nobody said whose agent, location or number it is
 * @param type for example {@code voice.call.analyzed}
 * @param source the connection it came through, as a URI reference
 * @param subject the vendor's id of what it is about, for example of the call
 * @param time when it happened at the vendor; of receipt where the vendor does not say
 * @param dataSchema name of the schema the data was checked against
 * @param data per {@code contracts/events}
 * @param person whom it is about: E.164, else the e-mail address, else {@code contact:<the vendor's id>}
 * @param origin how it came to us
 * @param cause which act of ours it is the echo of; empty for one from outside, and while nobody has asked yet
 */
public record Event(
        String id,
        TenantId tenant,
        Optional<ClientId> client,
        String connectionId,
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
        Status status,
        Optional<Cause> cause) {

    /**
     * The run, or the live call, whose act brought an event about.
     *
     * @param runId as effects name it: a run's id, or {@code live:<call id>}
     * @param depth how many runs of ours stand between the event and the outside, from 1
     */
    public record Cause(String runId, int depth) {}

    /** How it came to us. */
    public enum Origin {
        /** The vendor told us. */
        WEBHOOK,
        /** The vendor did not, or not in a way that reached us; we found it when we asked. */
        POLL
    }

    /** How far it has come. */
    public enum Status {
        /** Nobody said whose it is; waits for a person to map its agent, number, location or customer. */
        UNATTRIBUTED,
        /** Stored; waits for its consumers. */
        READY,
        /** A worker hands it to its consumers. */
        CLAIMED,
        /** Every consumer has taken it. */
        DONE,
        /** A consumer refused it to the end; a person has to look. */
        FAILED
    }
}
