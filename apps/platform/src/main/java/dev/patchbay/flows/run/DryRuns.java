package dev.patchbay.flows.run;

import dev.patchbay.effects.PortContracts;
import dev.patchbay.effects.spi.FailureReason;
import dev.patchbay.flowlanguage.FlowDefinition;
import dev.patchbay.flowlanguage.FlowProblem;
import dev.patchbay.flowlanguage.Task;
import dev.patchbay.flowlanguage.source.SourceText;
import dev.patchbay.flows.definition.FlowChecks;
import dev.patchbay.flows.definition.FlowDefinitions;
import dev.patchbay.flows.definition.FlowQueries;
import dev.patchbay.flows.definition.FlowState;
import dev.patchbay.flows.definition.FlowVersion;
import dev.patchbay.flows.evaluation.EvaluationPool;
import dev.patchbay.flows.run.DryRun.DryStep;
import dev.patchbay.iam.tenants.Clients;
import dev.patchbay.ingress.Event;
import dev.patchbay.ingress.Events;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.EventId;
import dev.patchbay.kernel.FlowId;
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
import org.springframework.stereotype.Service;
import tools.jackson.databind.JsonNode;

/** Dry runs: a version of a flow is executed for an event without doing anything outside. */
@Service
public class DryRuns {

    private final FlowDefinitions flows;
    private final FlowQueries queries;
    private final FlowChecks checks;
    private final Clients clients;
    private final Events events;
    private final RunViewRepository runs;
    private final StepRepository steps;
    private final PortContracts contracts;
    private final CallInputs callInputs;
    private final EvaluationPool evaluations;
    private final Tenancy tenancy;
    private final Clock clock;

    DryRuns(
            FlowDefinitions flows,
            FlowQueries queries,
            FlowChecks checks,
            Clients clients,
            Events events,
            RunViewRepository runs,
            StepRepository steps,
            PortContracts contracts,
            CallInputs callInputs,
            EvaluationPool evaluations,
            Tenancy tenancy,
            Clock clock) {
        this.flows = flows;
        this.queries = queries;
        this.checks = checks;
        this.clients = clients;
        this.events = events;
        this.runs = runs;
        this.steps = steps;
        this.contracts = contracts;
        this.callInputs = callInputs;
        this.evaluations = evaluations;
        this.tenancy = tenancy;
        this.clock = clock;
    }

    /**
     * @param version of the flow; null: the newest draft, or the newest version where there is none
     * @param eventId whose data is {@code $event}, and whose run's responses are used
     * @param input the event's data, edited, or in place of an event
     * @param answers what calls return, by the task's name; {@code {"error": "no_slot"}} for a call that fails
     */
    public record DryRunOptions(
            @Nullable String version,
            ClientId client,
            @Nullable EventId eventId,
            @Nullable JsonNode input,
            Map<String, JsonNode> answers) {}

    /**
     * The outcome of a dry run.
     *
     * @param outcome {@code completed}; {@code failed} where the flow's author, or a person, ends it; else the reason a run
     *     would be parked for, for example {@code bad_input}
     * @param output the run's, where it completes
     * @param error as the standard shapes it, where it does not
     * @param problems what a real run would lack, and given answers that the function would never return
     */
    public record Report(
            FlowId flowId,
            String version,
            String outcome,
            @Nullable JsonNode output,
            @Nullable JsonNode error,
            List<DryStep> steps,
            List<FlowProblem> problems) {}

    /**
     * Executes a version of a flow without the outside.
     *
     * @throws Problem {@code 404.flow_not_found}, {@code 404.client_not_found}, {@code 404.event_not_found},
     *     {@code 422.variables_invalid}
     */
    public Report run(TenantScope scope, String actor, FlowId flowId, DryRunOptions options) {
        var version = findVersion(scope, flowId, options.version());
        var client = clients.find(scope, options.client())
                .orElseThrow(() ->
                        new Problem(ProblemType.CLIENT_NOT_FOUND, "There is no client " + options.client() + "."));
        JsonNode input = findInput(scope, actor, options);
        var definition =
                tenancy.inTenant(scope.tenant(), () -> flows.definition(scope.tenant(), flowId, version.version()));
        var calls = requireCalls(definition, options.answers());
        var responses =
                new SimulatedResponses(options.answers(), findRecorded(scope, flowId, options.eventId()), contracts);
        var problems = Stream.concat(
                        checks.missingBindings(scope.tenant(), client, definition, version.source()).stream(),
                        findMisfits(calls, options.answers(), version.source()))
                .toList();
        var dryRun = new DryRun(responses, contracts, clock.instant());
        return execute(
                version,
                new Interpreter(
                        definition,
                        input,
                        client,
                        dryRun,
                        callInputs.forRun(scope.tenant(), client, input, clock.instant()),
                        evaluations.forSimulation(scope.tenant())),
                dryRun,
                problems);
    }

    private static Report execute(
            FlowVersion version, Interpreter interpreter, DryRun dryRun, List<FlowProblem> problems) {
        String outcome = "completed";
        JsonNode output = null;
        JsonNode error = null;
        try {
            output = interpreter.run();
        } catch (TaskFailed failed) {
            outcome = failed.reason().map(FailureReason::code).orElse("failed");
            error = failed.error();
        }
        return new Report(version.flowId(), version.version(), outcome, output, error, dryRun.steps(), problems);
    }

    private FlowVersion findVersion(TenantScope scope, FlowId flowId, @Nullable String requested) {
        queries.flow(scope, flowId);
        var versions = tenancy.inTenant(scope.tenant(), () -> flows.lockVersions(scope.tenant(), flowId));
        if (requested == null) {
            return versions.stream()
                    .filter(version -> version.state() == FlowState.DRAFT)
                    .findFirst()
                    .orElse(versions.getFirst());
        }
        return versions.stream()
                .filter(version -> version.version().equals(requested))
                .findFirst()
                .orElseThrow(() ->
                        new Problem(ProblemType.VARIABLES_INVALID, "This flow has no version " + requested + "."));
    }

    private JsonNode findInput(TenantScope scope, String actor, DryRunOptions options) {
        var event = Optional.ofNullable(options.eventId())
                .map(id -> events.read(scope, actor, id)
                        .orElseThrow(() -> new Problem(ProblemType.EVENT_NOT_FOUND, "There is no such event.")));
        return Optional.ofNullable(options.input())
                .or(() -> event.map(Event::data))
                .orElseThrow(
                        () -> new Problem(ProblemType.VARIABLES_INVALID, "Give input (an event's data) or eventId."));
    }

    /** The steps of the flow's run for the event; none of a run from which a person was erased. */
    private List<StepRecord> findRecorded(TenantScope scope, FlowId flowId, @Nullable EventId eventId) {
        return eventId == null
                ? List.of()
                : tenancy.inTenant(
                        scope.tenant(),
                        () -> runs.findByEvent(scope, flowId, eventId)
                                .map(run -> steps.findAll(scope.tenant(), run))
                                .orElse(List.of()));
    }

    /** The calls that answers are given for; each name must be one of them. */
    private static List<Task.CallTask> requireCalls(FlowDefinition definition, Map<String, JsonNode> answers) {
        var calls = TaskTree.calls(definition.tasks()).toList();
        var names = calls.stream().map(Task.CallTask::name).toList();
        answers.forEach((name, answer) -> {
            if (!names.contains(name)) {
                throw new Problem(
                        ProblemType.VARIABLES_INVALID,
                        "No task “" + name + "” calls anything in this version; these do: " + String.join(", ", names)
                                + ".");
            }
            if (answer.has("error") && SimulatedResponses.findReason(answer).isEmpty()) {
                throw new Problem(
                        ProblemType.VARIABLES_INVALID,
                        "The answer for " + name + " fails with " + answer.path("error") + "; give one of "
                                + String.join(", ", FailureReason.codes()) + ".");
            }
        });
        return calls.stream().filter(call -> answers.containsKey(call.name())).toList();
    }

    private Stream<FlowProblem> findMisfits(List<Task.CallTask> calls, Map<String, JsonNode> answers, String source) {
        return calls.stream()
                .flatMap(call -> findMisfit(call, Objects.requireNonNull(answers.get(call.name())), source));
    }

    private Stream<FlowProblem> findMisfit(Task.CallTask call, JsonNode answer, String source) {
        String pointer = call.header().pointer();
        return Stream.of(answer)
                .filter(output -> !output.has("error"))
                .flatMap(output -> contracts.outputViolation(call.function(), output).stream())
                .map(violation -> new FlowProblem(
                        pointer,
                        SourceText.parse(source).line(pointer),
                        "answer_misfit",
                        violation,
                        "The function never answers this; the dry run went on with it."));
    }
}
