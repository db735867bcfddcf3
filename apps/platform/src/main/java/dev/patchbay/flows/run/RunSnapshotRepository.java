package dev.patchbay.flows.run;

import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.FlowId;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.RunId;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Locks runs that a person wants to change. */
@Repository
class RunSnapshotRepository {

    private final JdbcClient jdbc;

    RunSnapshotRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Locks the run until the transaction ends.
     *
     * @throws Problem {@code 404.run_not_found}
     */
    RunSnapshot lock(TenantScope scope, RunId runId) {
        return jdbc.sql("""
                        SELECT * FROM patchbay.run
                        WHERE tenant_id = :tenant AND run_id = :run AND (:scoped::text[] IS NULL OR client_id = ANY (:scoped))
                        FOR UPDATE""")
                .param("tenant", scope.tenant().value())
                .param("run", runId.value())
                .param("scoped", scope.scoped())
                .query((row, number) -> snapshot(scope.tenant(), row))
                .optional()
                .orElseThrow(() -> new Problem(ProblemType.RUN_NOT_FOUND, "There is no run " + runId + "."));
    }

    private static RunSnapshot snapshot(TenantId tenant, ResultSet row) throws SQLException {
        return new RunSnapshot(
                tenant,
                new RunId(row.getString("run_id")),
                new FlowId(row.getString("flow_id")),
                row.getString("version"),
                new ClientId(row.getString("client_id")),
                new CorrelationId(row.getString("correlation_id")),
                RunStatus.of(row.getString("status")),
                Optional.ofNullable(row.getString("ending")).map(RunStatus::of),
                row.getInt("pass"),
                row.getTimestamp("erased_at") != null,
                row.getString("cause_code"),
                row.getString("cause_sentence"),
                row.getString("cause_step"));
    }
}
