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

/** Runs as the API and the portal show them. */
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
     * @param status a code of {@link RunStatus}; another one finds nothing
     * @param phone of the caller, E.164
     * @param reason the cause's code
     * @param after the {@code next} of the page before
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
     * Why a run did not complete, in words, and what to do about it.
     *
     * @param code of a {@link FailureReason}, or how the run was ended on purpose
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

    /** @param requested the time that the caller asked for, as the agent recorded it: ISO-8601, or what could not be read as a time */
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
     * The caller, from the run's event; null once the person's data was erased.
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

    /** @param call the function that it calls */
    public record PlannedCall(String name, String call) {}

    /**
     * A replay that was made of the run.
     *
     * @param version of the flow
     * @param reason as its author gave it
     * @param outcome what the run's status was before
     */
    public record Replay(
            int pass, Instant at, String version, @Nullable String reason, RunStatus outcome) {}

    /**
     * A run without transcript and recording, whose readings are audited ({@code GET /calls/{callId}/transcript}).
     *
     * @param pass how often it was replayed
     * @param ending the status it gets once its compensations have run
     * @param wakesAt when a waiting run continues by itself
     * @param blockedBy the provider whose response stopped it, for example {@code google}
     * @param calls of the flow's version, in the order of its file, whether reached or not
     * @param replays oldest first
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

    /** Newest first, 100 a page at most. */
    public Page<RunSummary> list(TenantScope scope, Filter filter) {
        int limit = Math.clamp(filter.limit(), 1, MAX_PAGE);
        var found = tenancy.inTenant(scope.tenant(), () -> runs.find(scope, filter, limit + 1));
        return Page.of(found, limit, run -> run.id().value());
    }

    /** One run with its steps. */
    public Optional<RunDetail> find(TenantScope scope, RunId runId) {
        return tenancy.inTenant(scope.tenant(), () -> details.find(scope, runId));
    }
}
