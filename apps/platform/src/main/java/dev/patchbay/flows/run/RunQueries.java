package dev.patchbay.flows.run;

import dev.patchbay.effects.spi.FailureReason;
import dev.patchbay.kernel.Auditable;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.EventId;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.Page;
import dev.patchbay.kernel.RunId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.Transcripts;
import dev.patchbay.kernel.database.Tenancy;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import tools.jackson.databind.JsonNode;

/** Runs as the API and the portal show them. */
@Service
public class RunQueries {

    private static final int MAX_PAGE = 100;

    private final RunViewRepository runs;
    private final StepQueries steps;
    private final Tenancy tenancy;
    private final ApplicationEventPublisher audit;

    RunQueries(RunViewRepository runs, StepQueries steps, Tenancy tenancy, ApplicationEventPublisher audit) {
        this.runs = runs;
        this.steps = steps;
        this.tenancy = tenancy;
        this.audit = audit;
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

    /**
     * @param pass how often it was replayed
     * @param ending the status it gets once its compensations have run
     * @param wakesAt when a waiting run continues by itself
     */
    public record RunDetail(
            RunId id,
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
            List<StepQueries.Step> steps) {}

    /** Newest first, 100 a page at most. */
    public Page<RunSummary> list(TenantScope scope, Filter filter) {
        int limit = Math.clamp(filter.limit(), 1, MAX_PAGE);
        var found = tenancy.inTenant(scope.tenant(), () -> runs.find(scope, filter, limit + 1));
        return Page.of(found, limit, run -> run.id().value());
    }

    /** One run with its steps. Reading a run that holds what was said in a call is audited in the same transaction. */
    public Optional<RunDetail> read(TenantScope scope, String reader, RunId runId) {
        return tenancy.inTenant(scope.tenant(), () -> {
            var found = runs.find(scope, runId, () -> steps.findAll(scope.tenant(), runId));
            found.filter(run -> Transcripts.presentIn(Json.tree(run)))
                    .ifPresent(run -> audit.publishEvent(new Auditable(
                            TenantScope.of(scope.tenant(), new ClientId(run.clientId())),
                            reader,
                            "run.transcript_read",
                            "run/" + runId,
                            Optional.empty(),
                            Optional.empty(),
                            new CorrelationId(run.correlationId()))));
            return found;
        });
    }
}
