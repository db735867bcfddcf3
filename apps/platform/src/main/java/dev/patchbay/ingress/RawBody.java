package dev.patchbay.ingress;

import dev.patchbay.kernel.EventId;
import tools.jackson.databind.JsonNode;

/**
 * The request or record that an event was read from.
 *
 * @param headers the remote address and the headers that an auditor needs
 * @param body byte for byte
 */
public record RawBody(JsonNode headers, byte[] body) {

    /** The context that the body of this event is sealed for: it opens for no other event. */
    public static String sealingContext(EventId event) {
        return "raw/" + event;
    }
}
