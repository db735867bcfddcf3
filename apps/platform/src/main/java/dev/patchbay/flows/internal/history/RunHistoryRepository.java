package dev.patchbay.flows.internal.history;

import dev.patchbay.effects.spi.FailureReason;
import dev.patchbay.flows.RunHistory.AttemptEntry;
import dev.patchbay.flows.RunHistory.EffectEntry;
import dev.patchbay.flows.RunHistory.ExchangeEntry;
import dev.patchbay.flows.RunHistory.History;
import dev.patchbay.flows.RunHistory.InvocationEntry;
import dev.patchbay.flows.RunHistory.RunEntry;
import dev.patchbay.flows.RunHistory.StepEntry;
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
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

    History read(TenantScope scope, Set<CorrelationId> correlations) {
        List<String> correlationIds =
                correlations.stream().map(CorrelationId::value).toList();
        List<RunEntry> runs = rows(scope, correlationIds, """
                SELECT * FROM patchbay.run
                WHERE tenant_id = :tenant AND correlation_id = ANY (:ids) AND (:scoped::text[] IS NULL OR client_id = ANY (:scoped))
                ORDER BY run_id DESC LIMIT :limit""", (row, number) -> run(row));
        List<InvocationEntry> invocations = rows(scope, correlationIds, """
                SELECT invocation_id, call_id, function, correlation_id, outcome, output ->> 'say' AS reply,
                  output -> 'result' ->> 'startLocal' AS start_local, milliseconds, at
                FROM patchbay.live_invocation
                WHERE tenant_id = :tenant AND correlation_id = ANY (:ids) AND (:scoped::text[] IS NULL OR client_id = ANY (:scoped))
                ORDER BY invocation_id DESC LIMIT :limit""", (row, number) -> invocation(row));
        List<String> runIds = runs.stream().map(run -> run.id().value()).toList();
        Set<String> origins = Stream.concat(
                        runIds.stream(),
                        invocations.stream()
                                .map(InvocationEntry::callId)
                                .filter(id -> !id.isEmpty())
                                .map(id -> "live:" + id))
                .collect(Collectors.toUnmodifiableSet());
        return new History(runs, steps(scope, runIds), attempts(scope, runIds), effects(scope, origins), invocations);
    }

    private List<StepEntry> steps(TenantScope scope, Collection<String> runs) {
        return rows(scope, runs, """
                SELECT run_id, pointer, name, call, status, effect_key, output ->> 'detail' AS detail,
                  output ->> 'title' AS reason, output ->> 'startLocal' AS start_local, started_at, ended_at
                FROM patchbay.step WHERE tenant_id = :tenant AND run_id = ANY (:ids) AND NOT reused
                ORDER BY position DESC LIMIT :limit""", (row, number) -> step(row));
    }

    private List<AttemptEntry> attempts(TenantScope scope, Collection<String> runs) {
        return rows(scope, runs, """
                SELECT run_id, pointer, position, started_at, milliseconds, outcome,
                  (SELECT jsonb_agg(jsonb_build_object('operation', x -> 'operation', 'milliseconds', x -> 'milliseconds',
                     'method', x #> '{request,method}', 'url', x #> '{request,url}', 'status', x #> '{answer,status}',
                     'error', x #> '{answer,error}') ORDER BY place)
                   FROM jsonb_array_elements(exchanges) WITH ORDINALITY AS exchange (x, place)) AS exchanges
                FROM patchbay.attempt WHERE tenant_id = :tenant AND run_id = ANY (:ids) ORDER BY position DESC LIMIT :limit""", (row, number) -> attempt(row));
    }

    private List<EffectEntry> effects(TenantScope scope, Collection<String> origins) {
        return rows(scope, origins, """
                SELECT e.run_id, e.key, e.step_id, e.state, e.looked_up, e.look_after = 'infinity' AS parked, e.error,
                  e.created_at, e.settled_at, e.provider_id
                FROM patchbay.effect e WHERE e.tenant_id = :tenant AND e.run_id = ANY (:ids)
                ORDER BY e.created_at DESC LIMIT :limit""", (row, number) -> effect(row));
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
                row.getString("status"),
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
                row.getString("status"),
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

    private static EffectEntry effect(ResultSet row) throws SQLException {
        return new EffectEntry(
                row.getString("run_id"),
                row.getString("key"),
                row.getString("step_id"),
                row.getString("state"),
                row.getBoolean("looked_up"),
                row.getBoolean("parked"),
                row.getString("provider_id"),
                row.getString("error"),
                instant(row, "created_at"),
                optionalInstant(row, "settled_at"));
    }

    private static InvocationEntry invocation(ResultSet row) throws SQLException {
        return new InvocationEntry(
                row.getString("invocation_id"),
                row.getString("call_id"),
                row.getString("function"),
                new CorrelationId(row.getString("correlation_id")),
                row.getString("outcome"),
                row.getString("reply"),
                row.getString("start_local"),
                row.getLong("milliseconds"),
                instant(row, "at"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getTimestamp(column).toInstant();
    }

    private static @Nullable Instant optionalInstant(ResultSet row, String column) throws SQLException {
        Timestamp at = row.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }
}
