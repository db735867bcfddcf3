package dev.patchbay.ingress.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.patchbay.ingress.Event;
import dev.patchbay.kernel.ClientId;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A CloudEvents 1.0 envelope in its JSON form, and beside it what only we know: when it was received, how far it has
 * come, whether the vendor told us ({@code webhook}) or we found it ({@code poll}), and which run of ours it is the echo of
 * ({@code causedBy}). Attribute names are lower case because the specification wants them so.
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
        Event.@Nullable Cause causedBy) {

    static EventResponse from(Event event) {
        return new EventResponse(
                "1.0",
                event.id(),
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
                event.status().name().toLowerCase(Locale.ROOT),
                event.origin().name().toLowerCase(Locale.ROOT),
                event.cause().orElse(null));
    }
}
