package dev.patchbay.flows.internal.run;

import dev.patchbay.effects.PortContracts;
import dev.patchbay.effects.spi.FailureReason;
import dev.patchbay.flowlanguage.FlowDefinition;
import dev.patchbay.flowlanguage.FlowProblem;
import dev.patchbay.flowlanguage.Task;
import dev.patchbay.flowlanguage.source.SourceText;
import dev.patchbay.flows.internal.definition.FlowChecks;
import dev.patchbay.flows.internal.definition.FlowQueries;
import dev.patchbay.flows.internal.definition.FlowRepository;
import dev.patchbay.flows.internal.definition.FlowRepository.StoredVersion;
import dev.patchbay.flows.internal.run.DryRun.DryStep;
import dev.patchbay.iam.tenants.Client;
import dev.patchbay.iam.tenants.Clients;
import dev.patchbay.ingress.Event;
import dev.patchbay.ingress.Events;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import tools.jackson.databind.JsonNode;

/** Dry runs: what a version of a flow would do with an event, without doing it. */
@Service
public class DryRuns {

    private final FlowRepository flows;
    private final FlowQueries queries;
    private final FlowChecks checks;
    private final Clients clients;
    private final Events events;
    private final Journal journal;
    private final PortContracts contracts;
    private final Tenancy tenancy;
    private final JdbcClient jdbc;
    private final Clock clock;

    DryRuns(
            FlowRepository flows,
            FlowQueries queries,
            FlowChecks checks,
            Clients clients,
            Events events,
            Journal journal,
            PortContracts contracts,
            Tenancy tenancy,
            JdbcClient jdbc,
            Clock clock) {
        this.flows = flows;
        this.queries = queries;
        this.checks = checks;
        this.clients = clients;
        this.events = events;
        this.journal = journal;
        this.contracts = contracts;
        this.tenancy = tenancy;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * @param version of the flow; null: the newest draft, or the newest version where there is none
     * @param eventId whose data is {@code $event}, and whose run's answers are used
     * @param input the event's data, edited, or in place of an event
     * @param answers what calls return, by the task's name; {@code {"error": "no_slot"}} for one that fails
     */
    public record DryRunRequest(
            @Nullable String version,
            ClientId client,
            @Nullable String eventId,
            @Nullable JsonNode input,
            Map<String, JsonNode> answers) {}

    /**
     * What would happen.
     *
     * @param outcome {@code completed}; {@code failed} where the flow's author, or a person, says so; else the reason a run
     *     would be parked for, for example {@code bad_input}
     * @param output the run's, where it completes
     * @param error as the standard shapes it, where it does not
     * @param problems what stands in the way of a real run, and given answers that the function would never return
     */
    public record Report(
            String flowId,
            String version,
            String outcome,
            @Nullable JsonNode output,
            @Nullable JsonNode error,
            List<DryStep> steps,
            List<FlowProblem> problems) {}

    /**
     * @throws Problem {@code 404.flow_not_found}, {@code 404.client_not_found}, {@code 404.event_not_found},
     *     {@code 422.variables_invalid}
     */
    public Report run(TenantScope scope, String actor, String flowId, DryRunRequest dryRunRequest) {
        var version = version(scope, flowId, dryRunRequest.version());
        var client = clients.find(scope, dryRunRequest.client())
                .orElseThrow(() -> new Problem(
                        ProblemType.CLIENT_NOT_FOUND, "There is no client " + dryRunRequest.client() + "."));
        JsonNode input = input(scope, actor, dryRunRequest);
        var definition =
                tenancy.inTenant(scope.tenant(), () -> flows.definition(scope.tenant(), flowId, version.version()));
        var calls = calls(definition, dryRunRequest.answers());
        var walk = new DryRun(
                new SimulatedResponses(
                        dryRunRequest.answers(), recorded(scope, flowId, dryRunRequest.eventId()), contracts),
                contracts,
                clock.instant());
        var problems = Stream.concat(
                        checks.missingBindings(scope.tenant(), client, definition, version.source()).stream(),
                        misfits(calls, dryRunRequest.answers(), version.source()))
                .toList();
        return walked(version, definition, input, client, walk, problems);
    }

    private static Report walked(
            StoredVersion version,
            FlowDefinition definition,
            JsonNode input,
            Client client,
            DryRun walk,
            List<FlowProblem> problems) {
        String outcome = "completed";
        JsonNode output = null;
        JsonNode error = null;
        try {
            output = new Interpreter(definition, input, client, walk).run();
        } catch (TaskFailed failed) {
            outcome = failed.reason().map(FailureReason::code).orElse("failed");
            error = failed.error();
        }
        return new Report(version.flowId(), version.version(), outcome, output, error, walk.steps(), problems);
    }

    private StoredVersion version(TenantScope scope, String flowId, @Nullable String wanted) {
        queries.flow(scope, flowId);
        var versions = tenancy.inTenant(scope.tenant(), () -> flows.existing(scope.tenant(), flowId));
        if (wanted == null) {
            return versions.stream()
                    .filter(version -> version.state().equals("draft"))
                    .findFirst()
                    .orElse(versions.getFirst());
        }
        return versions.stream()
                .filter(version -> version.version().equals(wanted))
                .findFirst()
                .orElseThrow(
                        () -> new Problem(ProblemType.VARIABLES_INVALID, "This flow has no version " + wanted + "."));
    }

    private JsonNode input(TenantScope scope, String actor, DryRunRequest dryRunRequest) {
        var recorded = Optional.ofNullable(dryRunRequest.eventId())
                .map(id -> events.read(scope, actor, id)
                        .orElseThrow(() -> new Problem(ProblemType.EVENT_NOT_FOUND, "There is no such event.")));
        return Optional.ofNullable(dryRunRequest.input())
                .or(() -> recorded.map(Event::data))
                .orElseThrow(
                        () -> new Problem(ProblemType.VARIABLES_INVALID, "Give input (an event's data) or eventId."));
    }

    /** What a run of this flow was answered when the event came; of one whose person was erased nothing is left. */
    private List<StepRecord> recorded(TenantScope scope, String flowId, @Nullable String eventId) {
        return tenancy.inTenant(
                scope.tenant(),
                () -> jdbc.sql("""
                        SELECT run_id FROM patchbay.run
                        WHERE tenant_id = :tenant AND flow_id = :flow AND event_id = :event::text AND erased_at IS NULL
                          AND (:scoped::text[] IS NULL OR client_id = ANY (:scoped))""")
                        .param("tenant", scope.tenant().value())
                        .param("flow", flowId)
                        .param("event", eventId)
                        .param("scoped", scope.scoped())
                        .query((row, number) -> row.getString("run_id"))
                        .optional()
                        .map(run -> journal.lines(scope.tenant(), run))
                        .orElse(List.of()));
    }

    /** The calls that answers are given for; each name must be one of them. */
    private static List<Task.CallTask> calls(FlowDefinition definition, Map<String, JsonNode> answers) {
        var calls = TaskTree.calls(definition.tasks()).toList();
        var names = calls.stream().map(Task.CallTask::name).toList();
        answers.forEach((name, answer) -> {
            if (!names.contains(name)) {
                throw new Problem(
                        ProblemType.VARIABLES_INVALID,
                        "No task “" + name + "” calls anything in this version; these do: " + String.join(", ", names)
                                + ".");
            }
            if (answer.has("error") && SimulatedResponses.reason(answer).isEmpty()) {
                throw new Problem(
                        ProblemType.VARIABLES_INVALID,
                        "The answer for " + name + " fails with " + answer.path("error") + "; give one of "
                                + String.join(", ", FailureReason.codes()) + ".");
            }
        });
        return calls.stream().filter(call -> answers.containsKey(call.name())).toList();
    }

    private Stream<FlowProblem> misfits(List<Task.CallTask> calls, Map<String, JsonNode> answers, String source) {
        return calls.stream().flatMap(call -> misfit(call, Objects.requireNonNull(answers.get(call.name())), source));
    }

    private Stream<FlowProblem> misfit(Task.CallTask call, JsonNode answer, String source) {
        String pointer = call.header().pointer();
        return Stream.of(answer)
                .filter(output -> !output.has("error"))
                .flatMap(output -> contracts.outputViolation(call.function(), output).stream())
                .map(objection -> new FlowProblem(
                        pointer,
                        SourceText.parse(source).line(pointer),
                        "answer_misfit",
                        objection,
                        "The function never answers this; the dry run went on with it."));
    }
}
