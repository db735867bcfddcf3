package dev.patchbay.ingress.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.patchbay.ingress.Event;
import dev.patchbay.kernel.ClientId;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A CloudEvents 1.0 envelope in its JSON form, with members of ours: when it was received, its status, whether it came by
 * {@code webhook} or {@code poll}, and the run or live call whose action it is the echo of ({@code causedBy}). The names of
 * CloudEvents attributes are lower case, as the specification requires.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record EventResponse(
        String specversion,
        String id,
        String source,
        String type,
        String subject,
        Instant time,
        String datacontenttype,
        @Nullable String dataschema,
        String tenantid,
        @Nullable String clientid,
        String correlationid,
        JsonNode data,
        Instant receivedAt,
        String status,
        String origin,
        @Nullable CausedBy causedBy) {

    /** @see Event.Cause */
    record CausedBy(String origin, int depth) {}

    static EventResponse from(Event event) {
        return new EventResponse(
                "1.0",
                event.id().value(),
                event.source(),
                event.type(),
                event.subject(),
                event.time(),
                "application/json",
                event.dataSchema().orElse(null),
                event.tenant().value(),
                event.client().map(ClientId::value).orElse(null),
                event.correlation().value(),
                event.data(),
                event.receivedAt(),
                event.status().wireName(),
                event.origin().name().toLowerCase(Locale.ROOT),
                event.cause()
                        .map(cause -> new CausedBy(cause.origin(), cause.depth()))
                        .orElse(null));
    }
}
