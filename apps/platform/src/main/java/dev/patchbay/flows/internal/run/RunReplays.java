package dev.patchbay.flows.internal.run;

import dev.patchbay.effects.Effects;
import dev.patchbay.flowlanguage.FlowDefinition;
import dev.patchbay.flows.internal.run.RunChanges.RunSnapshot;
import dev.patchbay.flows.internal.run.RunPreview.Planned;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import tools.jackson.databind.JsonNode;

/**
 * Replays: a run that ended goes through its flow once more, in a new pass. What was done is not done again, unless the
 * caller names that task.
 */
@Service
public class RunReplays {

    private static final Logger LOG = LoggerFactory.getLogger(RunReplays.class);
    private static final Set<String> ENDED = Set.of("parked", "failed", "cancelled", "completed");

    private final RunRepository runs;
    private final RunChanges changes;
    private final Journal journal;
    private final Effects effects;
    private final RunExecutor executor;
    private final Tenancy tenancy;
    private final JdbcClient jdbc;
    private final Clock clock;

    RunReplays(
            RunRepository runs,
            RunChanges changes,
            Journal journal,
            Effects effects,
            RunExecutor executor,
            Tenancy tenancy,
            JdbcClient jdbc,
            Clock clock) {
        this.runs = runs;
        this.changes = changes;
        this.journal = journal;
        this.effects = effects;
        this.executor = executor;
        this.tenancy = tenancy;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * @param version of the flow; null: the one it ran on
     * @param input the event's data, edited; null: as it was
     * @param repeat tasks that are done again although they were done
     * @param reason why, in the words of who asks
     */
    public record ReplayRequest(
            @Nullable String version,
            @Nullable JsonNode input,
            Set<String> repeat,
            @Nullable String reason) {

        public static final ReplayRequest AS_IT_WAS = new ReplayRequest(null, null, Set.of(), null);
    }

    /**
     * What a replay would do.
     *
     * @param pass it would be
     */
    public record Preview(String runId, int pass, String version, List<Planned> steps) {}

    /** @throws Problem {@code 404.run_not_found}, {@code 409.run_state_conflict}, {@code 422.variables_invalid} */
    public Preview preview(TenantScope scope, String runId, ReplayRequest replayRequest) {
        return tenancy.inTenant(scope.tenant(), () -> {
            var run = changes.lock(scope, runId);
            if (stoppedUndoing(run)) {
                requireNoWish(replayRequest);
                return new Preview(runId, run.pass(), run.version(), List.of(RunPreview.UNDOING));
            }
            var next = next(scope, run, replayRequest);
            var stepHistory = new StepHistory(next.pass(), journal.lines(scope.tenant(), runId));
            return new Preview(
                    runId,
                    next.pass(),
                    next.definition().document().version(),
                    new RunPreview(next, stepHistory, effects, clock).plan());
        });
    }

    /**
     * Starts the next pass.
     *
     * @param after how long to wait before it begins
     * @throws Problem as {@link #preview}
     */
    public void replay(TenantScope scope, String actor, String runId, ReplayRequest replayRequest, Duration after) {
        tenancy.inTenant(scope.tenant(), () -> {
            var run = changes.lock(scope, runId);
            if (stoppedUndoing(run)) {
                RunChanges.require(run, "replayed", ENDED);
                requireNoWish(replayRequest);
                undoAgain(scope, run, after);
            } else {
                begin(scope, actor, run, next(scope, run, replayRequest), replayRequest, after);
            }
            changes.audited(scope, run, actor, "run.replayed", "waiting");
        });
        if (after.isZero()) {
            executor.wakeUp();
        }
    }

    private static boolean stoppedUndoing(RunSnapshot run) {
        return run.ending().isPresent() && run.status().equals("parked");
    }

    private static void requireNoWish(ReplayRequest replayRequest) {
        if (replayRequest.version() != null
                || replayRequest.input() != null
                || !replayRequest.repeat().isEmpty()) {
            throw new Problem(
                    ProblemType.RUN_STATE_CONFLICT,
                    "What this run did is being undone; a replay goes on with that and with nothing else.");
        }
    }

    private RunContext next(TenantScope scope, RunSnapshot run, ReplayRequest replayRequest) {
        RunChanges.require(run, "replayed", ENDED);
        var standing = runs.standing(scope.tenant(), run.runId());
        var definition =
                replayRequest.version() == null ? standing.definition() : version(scope, run, replayRequest.version());
        if (run.status().equals("completed")
                && replayRequest.repeat().isEmpty()
                && replayRequest.input() == null
                && replayRequest.version() == null) {
            throw new Problem(
                    ProblemType.RUN_STATE_CONFLICT,
                    "This run completed: nothing is left to do. Name in “repeat” what is to be done again.");
        }
        requireTasks(definition, replayRequest.repeat());
        return standing.replayed(
                definition,
                Optional.ofNullable(replayRequest.input()).orElse(standing.input()),
                replayRequest.repeat());
    }

    private FlowDefinition version(TenantScope scope, RunSnapshot run, String version) {
        return runs.definition(scope.tenant(), run.flowId(), version)
                .orElseThrow(
                        () -> new Problem(ProblemType.VARIABLES_INVALID, "This flow has no version " + version + "."));
    }

    private static void requireTasks(FlowDefinition definition, Set<String> names) {
        var known = TaskTree.all(definition.tasks()).map(task -> task.name()).toList();
        names.stream().filter(name -> !known.contains(name)).findFirst().ifPresent(name -> {
            throw new Problem(
                    ProblemType.VARIABLES_INVALID,
                    "There is no task “" + name + "” in this version; it has " + String.join(", ", known) + ".");
        });
    }

    private void begin(
            TenantScope scope,
            String actor,
            RunSnapshot run,
            RunContext next,
            ReplayRequest replayRequest,
            Duration after) {
        var before = Json.object()
                .put("status", run.status())
                .put("version", run.version())
                .put("cause", run.causeCode())
                .put("sentence", run.causeSentence())
                .put("step", run.causeStep());
        if (replayRequest.input() != null) {
            before.set("input", runs.standing(scope.tenant(), run.runId()).input());
        }
        String[] repeat = replayRequest.repeat().toArray(new String[0]);
        jdbc.sql("""
                        INSERT INTO patchbay.run_pass (tenant_id, run_id, pass, version, input, repeat_tasks, actor, reason, before)
                        VALUES (:tenant, :run, :pass, :version, :input::jsonb, :repeat, :actor, :reason, :before::jsonb)""")
                .param("tenant", scope.tenant().value())
                .param("run", run.runId())
                .param("pass", next.pass())
                .param("version", next.definition().document().version())
                .param("input", replayRequest.input() == null ? null : Json.write(replayRequest.input()))
                .param("repeat", repeat)
                .param("actor", actor)
                .param("reason", replayRequest.reason())
                .param("before", Json.write(before))
                .update();
        changes.change(
                scope,
                run,
                """
                status = 'waiting', wake_at = clock_timestamp() + :after * interval '1 ms', pass = :pass, version = :version,
                pass_started_at = clock_timestamp() + :after * interval '1 ms',
                input = :input::jsonb, repeat_tasks = :repeat, ending = NULL, ended_at = NULL, output = NULL,
                cause_code = NULL, cause_sentence = NULL, cause_step = NULL, ending_cause = NULL""",
                s -> s.param("after", after.toMillis())
                        .param("pass", next.pass())
                        .param("version", next.definition().document().version())
                        .param("input", Json.write(next.input()))
                        .param("repeat", repeat));
    }

    /** What a run did was being undone when that stopped: it goes on with the undoing, in the same pass. */
    private void undoAgain(TenantScope scope, RunSnapshot run, Duration after) {
        changes.change(scope, run, """
                status = 'waiting', wake_at = clock_timestamp() + :after * interval '1 ms', ended_at = NULL,
                repeat_tasks = ARRAY[:undo]""", s -> s.param("after", after.toMillis()).param("undo", Compensation.AGAIN));
    }

    /**
     * Which runs: those that are parked and of which all that is given holds.
     *
     * @param reason as in {@code GET /api/v1/dead-letters}
     * @param from stopped at this moment or later
     * @param to stopped before this moment
     */
    public record Filter(
            @Nullable String client,
            @Nullable String reason,
            @Nullable String flow,
            java.time.@Nullable Instant from,
            java.time.@Nullable Instant to,
            int limit) {}

    /** The parked runs, those that stopped first coming first. */
    public List<String> parked(TenantScope scope, Filter filter) {
        return tenancy.inTenant(
                scope.tenant(),
                () -> jdbc.sql("""
                        SELECT run_id FROM patchbay.run
                        WHERE tenant_id = :tenant AND status = 'parked' AND erased_at IS NULL
                          AND (:scoped::text[] IS NULL OR client_id = ANY (:scoped))
                          AND (:client::text IS NULL OR client_id = :client)
                          AND (:reason::text IS NULL OR cause_code = :reason)
                          AND (:flow::text IS NULL OR flow_name = :flow OR flow_id = :flow)
                          AND (:from::timestamptz IS NULL OR ended_at >= :from)
                          AND (:to::timestamptz IS NULL OR ended_at < :to)
                        ORDER BY ended_at, run_id LIMIT :limit""")
                        .param("tenant", scope.tenant().value())
                        .param("scoped", scope.scoped())
                        .param("client", filter.client())
                        .param("reason", filter.reason())
                        .param("flow", filter.flow())
                        .param("from", filter.from() == null ? null : java.sql.Timestamp.from(filter.from()))
                        .param("to", filter.to() == null ? null : java.sql.Timestamp.from(filter.to()))
                        .param("limit", filter.limit())
                        .query(String.class)
                        .list());
    }

    /**
     * Starts all of them, at most so many a minute. Each waits in the database for its moment, so a restart loses none.
     *
     * @return those that were started; one that was taken up by somebody else meanwhile, or cannot be, is not among them
     */
    public List<String> replayAll(
            TenantScope scope, String actor, Filter filter, ReplayRequest replayRequest, int perMinute) {
        List<String> started = new ArrayList<>();
        for (String runId : parked(scope, filter)) {
            try {
                replay(
                        scope,
                        actor,
                        runId,
                        replayRequest,
                        Duration.ofMinutes(1).multipliedBy(started.size()).dividedBy(perMinute));
                started.add(runId);
            } catch (Problem notThis) {
                // Somebody took it up meanwhile, or its flow has no such version: the others go on.
                LOG.info("{} is not replayed: {}", runId, notThis.getMessage());
            }
        }
        return started;
    }
}
