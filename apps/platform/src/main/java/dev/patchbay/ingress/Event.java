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
        Instant receivedAt,
        Status status) {

    /** How far it has come. */
    public enum Status {
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
