package dev.patchbay.usage.records;

import dev.patchbay.kernel.ConnectionId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The client of a source from a moment on, until the source's next one.
 *
 * @param from 1970 for a mapping from the beginning
 * @param clientId null where a mapping ended
 */
public record DatedAttribution(
        ConnectionId connectionId,
        String kind,
        String externalId,
        Instant from,
        @Nullable String clientId) {}
