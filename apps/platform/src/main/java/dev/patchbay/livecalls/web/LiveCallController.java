package dev.patchbay.livecalls.web;

import dev.patchbay.iam.access.Caller;
import dev.patchbay.iam.access.Requires;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Page;
import dev.patchbay.livecalls.InvocationOutcome;
import dev.patchbay.livecalls.LiveInvocations;
import dev.patchbay.livecalls.LiveInvocations.Filter;
import dev.patchbay.livecalls.LiveInvocations.LiveInvocation;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code GET /api/v1/live-calls}: the functions that agents called during calls, and what they were answered. */
@RestController
@RequestMapping("/api/v1/live-calls")
class LiveCallController {

    private final LiveInvocations invocations;

    LiveCallController(LiveInvocations invocations) {
        this.invocations = invocations;
    }

    @Requires("read:runs")
    @GetMapping
    Page<InvocationResponse> list(
            Caller caller,
            @RequestParam(required = false) @Nullable String callId,
            @RequestParam(required = false) @Nullable String correlationId,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = "50") int limit) {
        var page = invocations.list(caller.scope(), new Filter(callId, correlationId, after, limit));
        return new Page<>(page.items().stream().map(InvocationResponse::from).toList(), page.next());
    }

    /** @param callId the voice provider's id of the call; empty text for the release of a hold that a flow made */
    record InvocationResponse(
            String id,
            @Nullable String clientId,
            String callId,
            String function,
            String correlationId,
            JsonNode input,
            JsonNode output,
            InvocationOutcome outcome,
            long milliseconds,
            Instant at) {

        static InvocationResponse from(LiveInvocation invocation) {
            return new InvocationResponse(
                    invocation.id(),
                    invocation.client().map(ClientId::value).orElse(null),
                    invocation.callId(),
                    invocation.function(),
                    invocation.correlation().value(),
                    invocation.input(),
                    invocation.output(),
                    invocation.outcome(),
                    invocation.milliseconds(),
                    invocation.at());
        }
    }
}
