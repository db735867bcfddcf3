package dev.patchbay.flows.web;

import dev.patchbay.flows.internal.live.LiveCallQueries;
import dev.patchbay.flows.internal.live.LiveCallQueries.Filter;
import dev.patchbay.flows.internal.live.LiveCallQueries.Invocation;
import dev.patchbay.iam.access.Caller;
import dev.patchbay.iam.access.Requires;
import dev.patchbay.kernel.Page;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/v1/live-calls}: what agents asked during calls, in order, and what they were told. */
@RestController
@RequestMapping("/api/v1/live-calls")
class LiveCallController {

    private final LiveCallQueries calls;

    LiveCallController(LiveCallQueries calls) {
        this.calls = calls;
    }

    @Requires("read:runs")
    @GetMapping
    Page<Invocation> list(
            Caller caller,
            @RequestParam(required = false) @Nullable String callId,
            @RequestParam(required = false) @Nullable String correlationId,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = "50") int limit) {
        return calls.list(caller.scope(), new Filter(callId, correlationId, after, limit));
    }
}
