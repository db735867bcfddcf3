package dev.patchbay.flows.run;

import dev.patchbay.effects.spi.FailureReason;
import dev.patchbay.kernel.EventId;
import dev.patchbay.kernel.FlowId;
import dev.patchbay.kernel.Page;
import dev.patchbay.kernel.RunId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import tools.jackson.databind.JsonNode;

/** Reads runs as the API and the portal show them. */
@Service
public class RunQueries {

    private static final int MAX_PAGE = 100;

    private final RunViewRepository runs;
    private final RunDetailRepository details;
    private final Tenancy tenancy;

    RunQueries(RunViewRepository runs, RunDetailRepository details, Tenancy tenancy) {
        this.runs = runs;
        this.details = details;
        this.tenancy = tenancy;
    }

    /**
     * @param status a code of {@link RunStatus}; any other code finds nothing
     * @param phone the caller's number, E.164
     * @param reason the cause's code
     * @param after the {@code next} cursor of the page before
     */
    public record Filter(
            @Nullable String correlationId,
            @Nullable String client,
            @Nullable String status,
            @Nullable String phone,
            @Nullable String reason,
            @Nullable String after,
            int limit) {}

    public record FlowName(String name, String version) {}

    /**
     * Explains why a run did not complete, and how to mend that.
     *
     * @param code a code of a {@link FailureReason}, or how the run was ended on purpose
     * @param step the task at which it stopped
     */
    public record Cause(
            @Schema(
                    allowableValues = {
                        "auth_expired",
                        "no_slot",
                        "rate_limited",
                        "bad_input",
                        "provider_down",
                        "too_late",
                        "unknown_outcome",
                        "bug",
                        "opted_out",
                        "raised",
                        "rejected",
                        "cancelled"
                    })
            String code,

            String sentence,
            String nextAction,
            @Nullable String step) {}

    /**
     * @param requested the time that the caller asked for, as the agent recorded it: ISO-8601, or the recorded text where
     *     it cannot be read as a time
     */
    public record RunSummary(
            RunId id,
            FlowName flow,
            RunStatus status,
            String clientId,
            String correlationId,
            @Nullable EventId eventId,
            Instant startedAt,
            @Nullable Instant endedAt,
            @Nullable Cause cause,
            @Nullable CallerOfRun caller,
            @Nullable String requested) {}

    /**
     * Describes the caller, from the run's event; null once the person's data was erased.
     *
     * @param name as the agent recorded it
     * @param phone E.164
     */
    public record CallerOfRun(
            @Nullable String name, @Nullable String phone) {

        static @Nullable CallerOfRun from(JsonNode input) {
            JsonNode call = input.path("call");
            JsonNode recorded = call.at("/analysis/custom");
            String name = Stream.of("first_name", "last_name")
                    .map(part -> recorded.path(part).asString("").strip())
                    .filter(part -> !part.isEmpty())
                    .collect(Collectors.joining(" "));
            String phone = call.path("from").asString("");
            return name.isEmpty() && phone.isEmpty()
                    ? null
                    : new CallerOfRun(name.isEmpty() ? null : name, phone.isEmpty() ? null : phone);
        }
    }

    /** @param call the function that the task calls */
    public record PlannedCall(String name, String call) {}

    /**
     * Describes a replay of the run.
     *
     * @param version the version of the flow
     * @param reason the reason that its author gave
     * @param outcome the status of the run before the replay
     */
    public record Replay(
            int pass, Instant at, String version, @Nullable String reason, RunStatus outcome) {}

    /**
     * Describes a run without transcript and recording; reading those is audited ({@code GET /calls/{callId}/transcript}).
     *
     * @param pass how often it was replayed
     * @param ending the status it gets once its compensations have run
     * @param wakesAt when a waiting run continues by itself
     * @param blockedBy the provider whose response stopped it, for example {@code google}
     * @param calls the calls of the flow's version, in the order of its file, whether reached or not
     * @param replays the replays, oldest first
     */
    public record RunDetail(
            RunId id,
            FlowId flowId,
            FlowName flow,
            RunStatus status,
            String clientId,
            String correlationId,
            @Nullable EventId event,
            JsonNode input,
            @Nullable JsonNode output,
            Instant startedAt,
            @Nullable Instant endedAt,
            @Nullable Cause cause,
            int pass,
            @Nullable RunStatus ending,
            @Nullable Instant wakesAt,
            @Nullable String blockedBy,
            List<PlannedCall> calls,
            List<Replay> replays,
            List<StepQueries.Step> steps) {}

    /** Returns a page of runs, newest first and at most 100 a page. */
    public Page<RunSummary> list(TenantScope scope, Filter filter) {
        int limit = Math.clamp(filter.limit(), 1, MAX_PAGE);
        var found = tenancy.inTenant(scope.tenant(), () -> runs.find(scope, filter, limit + 1));
        return Page.of(found, limit, run -> run.id().value());
    }

    /** Returns one run with its steps. */
    public Optional<RunDetail> find(TenantScope scope, RunId runId) {
        return tenancy.inTenant(scope.tenant(), () -> details.find(scope, runId));
    }
}
