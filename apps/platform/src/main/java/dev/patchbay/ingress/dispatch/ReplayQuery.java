package dev.patchbay.ingress.dispatch;

import dev.patchbay.ingress.EventStatus;
import dev.patchbay.kernel.EventId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Selects stored events to replay; an empty member does not narrow the selection.
 *
 * @param ids these events and no others
 * @param status a replayable one, see {@link EventStatus#isReplayable}
 * @param from received at this moment or later
 * @param to received before this moment
 */
public record ReplayQuery(
        List<EventId> ids,
        Optional<String> type,
        Optional<String> client,
        Optional<String> connection,
        Optional<EventStatus> status,
        Optional<Instant> from,
        Optional<Instant> to) {

    /** Selects every replayable event of the scope. Such a request is probably a mistake and is rejected. */
    public static final ReplayQuery UNRESTRICTED = new ReplayQuery(
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
}
