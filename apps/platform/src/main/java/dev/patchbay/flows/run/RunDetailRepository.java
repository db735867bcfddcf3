package dev.patchbay.flows.run;

import dev.patchbay.flows.definition.FlowDefinitions;
import dev.patchbay.flows.run.RunQueries.PlannedCall;
import dev.patchbay.flows.run.RunQueries.Replay;
import dev.patchbay.flows.run.RunQueries.RunDetail;
import dev.patchbay.kernel.FlowId;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.RunId;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.Transcripts;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.JsonNode;

/** Reads one run with all that its page shows, in the caller's transaction. */
@Repository
class RunDetailRepository {

    private final JdbcClient jdbc;
    private final StepQueries steps;
    private final FlowDefinitions flows;

    RunDetailRepository(JdbcClient jdbc, StepQueries steps, FlowDefinitions flows) {
        this.jdbc = jdbc;
        this.steps = steps;
        this.flows = flows;
    }

    Optional<RunDetail> find(TenantScope scope, RunId runId) {
        return jdbc.sql("""
                        SELECT * FROM patchbay.run
                        WHERE tenant_id = :tenant AND run_id = :run AND (:scoped::text[] IS NULL OR client_id = ANY (:scoped))""")
                .param("tenant", scope.tenant().value())
                .param("run", runId.value())
                .param("scoped", scope.scoped())
                .query((row, number) -> detail(scope.tenant(), row))
                .optional();
    }

    private RunDetail detail(TenantId tenant, ResultSet row) throws SQLException {
        var summary = RunViewRepository.summary(row);
        var flowId = new FlowId(row.getString("flow_id"));
        int pass = row.getInt("pass");
        var found = steps.findAll(tenant, summary.id());
        var cause = summary.cause();
        return new RunDetail(
                summary.id(),
                flowId,
                summary.flow(),
                summary.status(),
                summary.clientId(),
                summary.correlationId(),
                summary.eventId(),
                Transcripts.remove(Json.read(row.getString("input"))),
                output(row.getString("output")),
                summary.startedAt(),
                summary.endedAt(),
                cause,
                pass,
                Optional.ofNullable(row.getString("ending")).map(RunStatus::of).orElse(null),
                RunViewRepository.instant(row.getTimestamp("wake_at")),
                cause == null ? null : blockedBy(found, pass, cause.step()),
                calls(tenant, flowId, summary.flow().version()),
                findReplays(tenant, summary.id()),
                found);
    }

    private static @Nullable JsonNode output(@Nullable String text) {
        return text == null ? null : Transcripts.remove(Json.read(text));
    }

    /** Returns the provider of the deciding exchange in the newest attempt at that step. */
    private static @Nullable String blockedBy(List<StepQueries.Step> steps, int pass, @Nullable String task) {
        return steps.stream()
                .filter(step -> step.pass() == pass && step.name().equals(task))
                .flatMap(step -> step.attempts().stream())
                .flatMap(attempt -> attempt.exchanges().stream())
                .filter(StepQueries.Exchange::decided)
                .reduce((earlier, later) -> later)
                .map(StepQueries.Exchange::provider)
                .orElse(null);
    }

    /**
     * Returns the calls of the flow; none when the flow is missing or unreadable, because the run has to be shown all the same.
     */
    private List<PlannedCall> calls(TenantId tenant, FlowId flow, String version) {
        try {
            return flows.findDefinition(tenant, flow, version).stream()
                    .flatMap(definition -> TaskTree.calls(definition.tasks()))
                    .map(task -> new PlannedCall(task.name(), task.function()))
                    .toList();
        } catch (DataAccessException databaseAway) {
            throw databaseAway;
        } catch (RuntimeException unreadable) {
            return List.of();
        }
    }

    private List<Replay> findReplays(TenantId tenant, RunId runId) {
        return jdbc.sql("""
                        SELECT pass, at, version, reason, before ->> 'status' AS status FROM patchbay.run_pass
                        WHERE tenant_id = :tenant AND run_id = :run ORDER BY pass""")
                .param("tenant", tenant.value())
                .param("run", runId.value())
                .query((row, number) -> new Replay(
                        row.getInt("pass"),
                        row.getTimestamp("at").toInstant(),
                        row.getString("version"),
                        row.getString("reason"),
                        RunStatus.of(row.getString("status"))))
                .list();
    }
}
