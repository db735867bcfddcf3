package dev.patchbay.ingress;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Which stored events to hand out again; what is empty does not narrow.
 *
 * @param ids these and no others
 * @param status {@code DONE} or {@code FAILED}; what waits or is under way is never replayed
 * @param from received at this moment or later
 * @param to received before this moment
 */
public record ReplayQuery(
        List<String> ids,
        Optional<String> type,
        Optional<String> client,
        Optional<String> connection,
        Optional<Event.Status> status,
        Optional<Instant> from,
        Optional<Instant> to) {

    /** Narrowed by nothing: what nobody means to ask for. */
    public static final ReplayQuery EVERYTHING = new ReplayQuery(
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
}
