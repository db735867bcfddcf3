package dev.patchbay.flows.internal.run;

import dev.patchbay.kernel.Auditable;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.Hashing;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.TenantScope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What people change in a run: each change takes the run's turn away from whoever walks it, and is audited. */
@Repository
class RunChanges {

    private final JdbcClient jdbc;
    private final ApplicationEventPublisher audit;

    RunChanges(JdbcClient jdbc, ApplicationEventPublisher audit) {
        this.jdbc = jdbc;
        this.audit = audit;
    }

    /** A run as it stands, locked until the transaction ends. */
    record RunSnapshot(
            String runId,
            String flowId,
            String version,
            ClientId client,
            CorrelationId correlation,
            String status,
            Optional<String> ending,
            int pass,
            boolean erased,
            @Nullable String causeCode,
            @Nullable String causeSentence,
            @Nullable String causeStep) {

        private static RunSnapshot of(ResultSet row, int number) throws SQLException {
            return new RunSnapshot(
                    row.getString("run_id"),
                    row.getString("flow_id"),
                    row.getString("version"),
                    new ClientId(row.getString("client_id")),
                    new CorrelationId(row.getString("correlation_id")),
                    row.getString("status"),
                    Optional.ofNullable(row.getString("ending")),
                    row.getInt("pass"),
                    row.getTimestamp("erased_at") != null,
                    row.getString("cause_code"),
                    row.getString("cause_sentence"),
                    row.getString("cause_step"));
        }
    }

    /** @throws Problem {@code 404.run_not_found} */
    RunSnapshot lock(TenantScope scope, String runId) {
        return jdbc.sql("""
                        SELECT * FROM patchbay.run
                        WHERE tenant_id = :tenant AND run_id = :run AND (:scoped::text[] IS NULL OR client_id = ANY (:scoped))
                        FOR UPDATE""")
                .param("tenant", scope.tenant().value())
                .param("run", runId)
                .param("scoped", scope.scoped())
                .query(RunSnapshot::of)
                .optional()
                .orElseThrow(() -> new Problem(ProblemType.RUN_NOT_FOUND, "There is no run " + runId + "."));
    }

    /** @throws Problem {@code 409.run_state_conflict} */
    static void require(RunSnapshot run, String wish, Set<String> states) {
        if (run.erased()) {
            throw new Problem(
                    ProblemType.RUN_STATE_CONFLICT,
                    "A person's data was erased from this run; it cannot be " + wish + " any more.");
        }
        if (!states.contains(run.status())) {
            throw new Problem(
                    ProblemType.RUN_STATE_CONFLICT,
                    "This run is " + run.status() + "; only one that is "
                            + String.join(" or ", states.stream().sorted().toList()) + " can be " + wish + ".");
        }
    }

    /**
     * Changes the run, for nobody to walk under the turn before.
     *
     * @param assignments columns that are set to named parameters
     */
    void change(
            TenantScope scope,
            RunSnapshot run,
            String assignments,
            UnaryOperator<JdbcClient.StatementSpec> parameters) {
        parameters
                .apply(jdbc.sql("UPDATE patchbay.run SET turn = turn + 1, owner_node = NULL, owner_epoch = NULL, "
                                + assignments + " WHERE tenant_id = :tenant AND run_id = :run")
                        .param("tenant", scope.tenant().value())
                        .param("run", run.runId()))
                .update();
    }

    void audited(TenantScope scope, RunSnapshot run, String actor, String action, String after) {
        audit.publishEvent(new Auditable(
                TenantScope.of(scope.tenant(), run.client()),
                actor,
                action,
                "run/" + run.runId(),
                Optional.of(digest(run.status())),
                Optional.of(digest(after)),
                run.correlation()));
    }

    private static String digest(String state) {
        return HexFormat.of().formatHex(Hashing.sha256(Hashing.utf8(state)));
    }
}
