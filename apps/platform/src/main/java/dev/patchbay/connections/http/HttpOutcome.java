package dev.patchbay.connections.http;

import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What became of a request, told apart by what the sender may do next. */
public sealed interface HttpOutcome {

    /**
     * The provider answered, whatever the status; a body that is no JSON arrives as a JSON string, none as JSON null.
     *
     * @param retryAfter what the provider's {@code Retry-After} asked for
     */
    record Responded(int status, JsonNode body, Optional<Duration> retryAfter) implements HttpOutcome {

        public boolean isSuccess() {
            return status / 100 == 2;
        }
    }

    /** Certainly not sent: the window had closed, the address was refused, nobody listened, or the body broke its contract. */
    record NotSent(String sentence) implements HttpOutcome {}

    /** May have been carried out: the answer was lost after bytes had left, or it broke its contract. */
    record Lost(String sentence) implements HttpOutcome {}
}
