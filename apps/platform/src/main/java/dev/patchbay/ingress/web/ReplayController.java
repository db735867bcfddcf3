package dev.patchbay.ingress.web;

import dev.patchbay.iam.access.Caller;
import dev.patchbay.iam.access.Requires;
import dev.patchbay.ingress.EventStatus;
import dev.patchbay.ingress.dispatch.ReplayQuery;
import dev.patchbay.ingress.dispatch.Replays;
import dev.patchbay.kernel.EventId;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.web.CorrelationFilter;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /api/v1/events/replays}: dispatches stored events once more. */
@RestController
class ReplayController {

    private static final int MAX_PREVIEW_IDS = 100;

    private final Replays replays;

    ReplayController(Replays replays) {
        this.replays = replays;
    }

    /**
     * @param ids these events and no others
     * @param status {@code done} or {@code failed}
     * @param from received at this moment or later, ISO-8601
     * @param to received before this moment, ISO-8601
     * @param perSecond events a second, 1 to 1,000; 50 when null
     */
    record EventReplayRequest(
            @Nullable List<EventId> ids,
            @Nullable String type,
            @Nullable String client,
            @Nullable String connection,
            @Nullable String status,
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable Integer perSecond) {

        ReplayQuery query() {
            var query = new ReplayQuery(
                    ids == null ? List.of() : ids,
                    Optional.ofNullable(type),
                    Optional.ofNullable(client),
                    Optional.ofNullable(connection),
                    Optional.ofNullable(status).map(EventReplayRequest::endStatus),
                    Optional.ofNullable(from),
                    Optional.ofNullable(to));
            if (query.equals(ReplayQuery.UNRESTRICTED)) {
                throw new Problem(
                        ProblemType.MALFORMED_REQUEST,
                        "Select events by ids, type, client, connection, status, from or to.");
            }
            return query;
        }

        private static EventStatus endStatus(String name) {
            var status = EventController.status(name);
            if (!status.isReplayable()) {
                throw new Problem(ProblemType.MALFORMED_REQUEST, "Only done and failed events can be replayed.");
            }
            return status;
        }

        int ratePerSecond() {
            return perSecond == null ? 50 : Math.clamp(perSecond, 1, 1_000);
        }
    }

    /**
     * @param events the number of events
     * @param ids of a preview, the first hundred, oldest first; empty otherwise
     */
    record EventReplayResponse(int events, boolean preview, List<EventId> ids) {}

    @Requires("replay:events")
    @PostMapping("/api/v1/events/replays")
    EventReplayResponse replay(
            Caller caller,
            @RequestBody EventReplayRequest body,
            @RequestParam(defaultValue = "false") boolean preview,
            HttpServletRequest request) {
        var query = body.query();
        if (preview) {
            var ids = replays.preview(caller.scope(), query);
            return new EventReplayResponse(
                    ids.size(), true, ids.stream().limit(MAX_PREVIEW_IDS).toList());
        }
        int events = replays.start(
                caller.scope(), caller.subject(), query, body.ratePerSecond(), CorrelationFilter.of(request));
        return new EventReplayResponse(events, false, List.of());
    }
}
