package dev.patchbay.connections.http;

import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The outcome of a request. The three cases differ in what the sender may do next. */
public sealed interface HttpOutcome {

    /**
     * The provider responded, with any status. A body that is not JSON becomes a JSON string, an absent body JSON null.
     *
     * @param retryAfter the delay of the {@code Retry-After} header (RFC 9110, section 10.2.3)
     */
    record Responded(int status, JsonNode body, Optional<Duration> retryAfter) implements HttpOutcome {

        public boolean isSuccess() {
            return status / 100 == 2;
        }
    }

    /** Certainly not sent: the window had closed, the address was refused, no server listened, or the body broke its contract. */
    record NotSent(String sentence) implements HttpOutcome {}

    /** Possibly carried out: the response was lost after bytes had been sent, or it broke its contract. */
    record Lost(String sentence) implements HttpOutcome {}
}
