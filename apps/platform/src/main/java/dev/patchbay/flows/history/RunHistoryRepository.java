package dev.patchbay.flows.history;

import dev.patchbay.effects.spi.FailureReason;
import dev.patchbay.flows.history.RunHistory.AttemptEntry;
import dev.patchbay.flows.history.RunHistory.ExchangeEntry;
import dev.patchbay.flows.history.RunHistory.RunEntry;
import dev.patchbay.flows.history.RunHistory.StepEntry;
import dev.patchbay.flows.run.RunStatus;
import dev.patchbay.flows.run.StepStatus;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.RunId;
import dev.patchbay.kernel.TenantScope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.JsonNode;

/** Reads what some conversations left behind, each kind of row by one statement. In the tenant's transaction. */
@Repository
class RunHistoryRepository {

    /** Of each kind; older rows are left out. */
    private static final int MAX_ROWS = 2_000;

    private final JdbcClient jdbc;

    RunHistoryRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<RunEntry> findRuns(TenantScope scope, Set<CorrelationId> correlations) {
        return rows(scope, values(correlations), """
                SELECT * FROM patchbay.run
                WHERE tenant_id = :tenant AND correlation_id = ANY (:ids) AND (:scoped::text[] IS NULL OR client_id = ANY (:scoped))
                ORDER BY run_id DESC LIMIT :limit""", (row, number) -> run(row));
    }

    private static List<String> values(Set<CorrelationId> correlations) {
        return correlations.stream().map(CorrelationId::value).toList();
    }

    private static List<String> ids(List<RunEntry> runs) {
        return runs.stream().map(run -> run.id().value()).toList();
    }

    List<StepEntry> findSteps(TenantScope scope, List<RunEntry> runs) {
        return rows(scope, ids(runs), """
                SELECT run_id, pointer, name, call, status, effect_key, output ->> 'detail' AS detail,
                  output ->> 'title' AS reason, output ->> 'startLocal' AS start_local, started_at, ended_at
                FROM patchbay.step WHERE tenant_id = :tenant AND run_id = ANY (:ids) AND NOT reused
                ORDER BY position DESC LIMIT :limit""", (row, number) -> step(row));
    }

    List<AttemptEntry> findAttempts(TenantScope scope, List<RunEntry> runs) {
        return rows(scope, ids(runs), """
                SELECT run_id, pointer, position, started_at, milliseconds, outcome,
                  (SELECT jsonb_agg(jsonb_build_object('operation', x -> 'operation', 'milliseconds', x -> 'milliseconds',
                     'method', x #> '{request,method}', 'url', x #> '{request,url}', 'status', x #> '{answer,status}',
                     'error', x #> '{answer,error}') ORDER BY place)
                   FROM jsonb_array_elements(exchanges) WITH ORDINALITY AS exchange (x, place)) AS exchanges
                FROM patchbay.attempt WHERE tenant_id = :tenant AND run_id = ANY (:ids) ORDER BY position DESC LIMIT :limit""", (row, number) -> attempt(row));
    }

    private <T> List<T> rows(TenantScope scope, Collection<String> ids, String query, RowMapper<T> row) {
        return jdbc.sql(query)
                .param("tenant", scope.tenant().value())
                .param("scoped", scope.scoped())
                .param("ids", ids.toArray(String[]::new))
                .param("limit", MAX_ROWS)
                .query(row)
                .list();
    }

    private static RunEntry run(ResultSet row) throws SQLException {
        String code = row.getString("cause_code");
        return new RunEntry(
                new RunId(row.getString("run_id")),
                row.getString("flow_name"),
                row.getString("version"),
                RunStatus.of(row.getString("status")),
                new CorrelationId(row.getString("correlation_id")),
                code,
                row.getString("cause_sentence"),
                nextAction(String.valueOf(code)).orElse(null),
                instant(row, "started_at"),
                optionalInstant(row, "ended_at"));
    }

    private static Optional<String> nextAction(String code) {
        return Arrays.stream(FailureReason.values())
                .filter(failureReason -> failureReason.code().equals(code))
                .map(FailureReason::nextAction)
                .findFirst();
    }

    private static StepEntry step(ResultSet row) throws SQLException {
        return new StepEntry(
                new RunId(row.getString("run_id")),
                row.getString("pointer"),
                row.getString("name"),
                row.getString("call"),
                StepStatus.of(row.getString("status")),
                row.getString("effect_key"),
                row.getString("detail"),
                row.getString("reason"),
                row.getString("start_local"),
                instant(row, "started_at"),
                optionalInstant(row, "ended_at"));
    }

    private static AttemptEntry attempt(ResultSet row) throws SQLException {
        String exchanges = row.getString("exchanges");
        return new AttemptEntry(
                new RunId(row.getString("run_id")),
                row.getString("pointer"),
                row.getLong("position"),
                instant(row, "started_at"),
                row.getLong("milliseconds"),
                row.getString("outcome"),
                exchanges == null
                        ? List.of()
                        : Json.read(exchanges)
                                .valueStream()
                                .map(RunHistoryRepository::exchange)
                                .toList());
    }

    private static ExchangeEntry exchange(JsonNode exchange) {
        return new ExchangeEntry(
                exchange.path("operation").asString("").replaceFirst("/.*", ""),
                exchange.path("method").asString(""),
                path(exchange.path("url").asString("")),
                exchange.path("status").isNumber() ? exchange.path("status").asInt() : null,
                exchange.path("error").isString() ? exchange.path("error").asString() : null,
                exchange.path("milliseconds").asLong(0));
    }

    /** Without host and query. Redaction may have left no valid URI, so a pattern cuts it. */
    private static String path(String url) {
        return url.replaceFirst("^[a-z]+://[^/]*", "").replaceFirst("[?].*", "");
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getTimestamp(column).toInstant();
    }

    private static @Nullable Instant optionalInstant(ResultSet row, String column) throws SQLException {
        Timestamp at = row.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }
}
