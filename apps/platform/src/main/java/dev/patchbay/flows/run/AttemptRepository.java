package dev.patchbay.flows.run;

import dev.patchbay.flows.run.StepQueries.Attempt;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.RunId;
import dev.patchbay.kernel.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads the attempts at a run's steps for the API and the portal. */
@Repository
class AttemptRepository {

    private final JdbcClient jdbc;

    AttemptRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Names a step within a run. */
    static String key(StepRecord step) {
        return step.pass() + step.id().pointer() + "#" + step.id().iteration();
    }

    /** Returns the attempts at each step, by {@link #key} and oldest first. */
    Map<String, List<Attempt>> findByStep(TenantId tenant, RunId runId) {
        return jdbc
                .sql("""
                        SELECT pass || pointer || '#' || iteration AS step, started_at, milliseconds, exchanges, outcome
                        FROM patchbay.attempt WHERE tenant_id = :tenant AND run_id = :run ORDER BY position""")
                .param("tenant", tenant.value())
                .param("run", runId.value())
                .query((row, number) -> Map.entry(row.getString("step"), attempt(row)))
                .list()
                .stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    }

    private static Attempt attempt(ResultSet row) throws SQLException {
        Instant startedAt = row.getTimestamp("started_at").toInstant();
        long milliseconds = row.getLong("milliseconds");
        var result = AttemptResult.parse(row.getString("outcome"));
        return new Attempt(
                startedAt,
                milliseconds,
                result.outcome(),
                result.reason().orElse(null),
                result.delay().map(startedAt.plusMillis(milliseconds)::plus).orElse(null),
                ExchangeReader.read(Json.read(row.getString("exchanges")), result));
    }
}
