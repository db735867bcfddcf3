package dev.patchbay.insights;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.patchbay.flows.run.RunStatus;
import dev.patchbay.kernel.RunId;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that happened to one subject, across contexts, in order of time.
 *
 * @param why one sentence about the newest run: why it did not book and which step comes next, or what it did
 * @param correlationIds the correlation ids of the conversations that the timeline covers, the latest first
 * @param complete false when older conversations about the same subject are left out
 * @param calls the calls of these conversations, the latest first
 * @param runs the runs of these conversations, the latest first
 * @param items the items by time, the oldest first
 * @param next the {@code after} of the following page; null on the last page
 */
public record Timeline(
        Subject subject,
        String why,
        List<String> correlationIds,
        boolean complete,
        List<TimelineCall> calls,
        List<RunOfTimeline> runs,
        List<Item> items,
        @Nullable String next) {

    /** @param flow the flow's name */
    public record RunOfTimeline(RunId id, String flow, String version, RunStatus status, Instant startedAt) {}

    /**
     * One entry of the timeline.
     *
     * @param kind {@code webhook.accepted}, {@code event}, {@code message.sms.status}, {@code trigger.missed},
     *     {@code run.started}, {@code step}, {@code attempt}, {@code effect}, {@code run.ended} or {@code live.function}
     * @param title one sentence about what happened
     * @param detail the reason, the next action or the provider's id, when there is one
     * @param status the status of the event, step, attempt, effect or run, when it has one
     * @param exchanges the requests of an attempt to the provider
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Item(
            Instant at,

            @Schema(
                    allowableValues = {
                        "webhook.accepted",
                        "event",
                        "message.sms.status",
                        "trigger.missed",
                        "run.started",
                        "step",
                        "attempt",
                        "effect",
                        "run.ended",
                        "live.function"
                    })
            String kind,

            String title,
            @Nullable String detail,
            String correlationId,
            Ref ref,
            @Nullable String status,
            @Nullable List<Exchange> exchanges) {}

    /**
     * The record behind the item, and the address at which it can be read.
     *
     * @param type {@code event}, {@code run}, {@code step}, {@code effect} or {@code live_call}
     */
    public record Ref(
            @Schema(allowableValues = {"event", "run", "step", "effect", "live_call"})
            String type,

            String id,
            String href) {}

    /** @param status the status of the HTTP response; missing when there was no response, which {@code error} explains */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Exchange(
            String provider,
            String method,
            String path,
            @Nullable Integer status,
            @Nullable String error,
            long milliseconds) {}
}
