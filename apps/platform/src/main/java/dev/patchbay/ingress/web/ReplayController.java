package dev.patchbay.ingress.web;

import dev.patchbay.iam.access.Caller;
import dev.patchbay.iam.access.Requires;
import dev.patchbay.ingress.Event;
import dev.patchbay.ingress.ReplayQuery;
import dev.patchbay.ingress.Replays;
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

/** {@code POST /api/v1/events/replays}: hands stored events out again, one or many. */
@RestController
class ReplayController {

    private static final int SHOWN = 100;

    private final Replays replays;

    ReplayController(Replays replays) {
        this.replays = replays;
    }

    /**
     * @param ids these and no others
     * @param status {@code done} or {@code failed}
     * @param from received at this moment or later, ISO-8601
     * @param to received before this moment, ISO-8601
     * @param perSecond how many at most in a second, 1 to 1,000; 50 where it is not said
     */
    record Wanted(
            @Nullable List<String> ids,
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
                    Optional.ofNullable(status).map(Wanted::ended),
                    Optional.ofNullable(from),
                    Optional.ofNullable(to));
            if (query.equals(ReplayQuery.EVERYTHING)) {
                throw new Problem(
                        ProblemType.MALFORMED_REQUEST,
                        "Say which events: by ids, type, client, connection, status or time.");
            }
            return query;
        }

        private static Event.Status ended(String name) {
            var status = EventController.status(name);
            if (status != Event.Status.DONE && status != Event.Status.FAILED) {
                throw new Problem(ProblemType.MALFORMED_REQUEST, "Only done and failed events are replayed.");
            }
            return status;
        }

        int rate() {
            return perSecond == null ? 50 : Math.clamp(perSecond, 1, 1_000);
        }
    }

    /**
     * @param events how many
     * @param ids of a preview: the first hundred, oldest first
     */
    record Replayed(int events, boolean preview, List<String> ids) {}

    @Requires("replay:events")
    @PostMapping("/api/v1/events/replays")
    Replayed replay(
            Caller caller,
            @RequestBody Wanted wanted,
            @RequestParam(defaultValue = "false") boolean preview,
            HttpServletRequest request) {
        var query = wanted.query();
        if (preview) {
            var ids = replays.preview(caller.scope(), query);
            return new Replayed(ids.size(), true, ids.stream().limit(SHOWN).toList());
        }
        int events =
                replays.start(caller.scope(), caller.subject(), query, wanted.rate(), CorrelationFilter.of(request));
        return new Replayed(events, false, List.of());
    }
}
