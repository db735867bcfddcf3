package dev.patchbay.flows.internal.history;

import dev.patchbay.effects.EffectOrigin;
import dev.patchbay.effects.EffectStatus;
import dev.patchbay.effects.Effects;
import dev.patchbay.effects.spi.FailureReason;
import dev.patchbay.flows.RunHistory.AttemptTrail;
import dev.patchbay.flows.RunHistory.EffectTrail;
import dev.patchbay.flows.RunHistory.ExchangeTrail;
import dev.patchbay.flows.RunHistory.LiveTrail;
import dev.patchbay.flows.RunHistory.RunTrail;
import dev.patchbay.flows.RunHistory.StepTrail;
import dev.patchbay.flows.RunHistory.Trail;
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

/** Reads what some conversations left behind, each kind of row in one statement. In the tenant's transaction. */
@Repository
public class RunHistoryRepository {

    /** More rows of a kind nobody reads at once; the latest stay. */
    private static final int MOST = 2_000;

    private final Effects effects;
    private final JdbcClient jdbc;

    RunHistoryRepository(Effects effects, JdbcClient jdbc) {
        this.effects = effects;
        this.jdbc = jdbc;
    }

    public Trail read(TenantScope scope, Set<String> correlations) {
        List<RunTrail> runs = rows(scope, correlations, """
                SELECT * FROM patchbay.run
                WHERE tenant_id = :tenant AND correlation_id = ANY (:ids) AND (:scoped::text[] IS NULL OR client_id = ANY (:scoped))
                ORDER BY run_id DESC LIMIT :most""", (row, number) -> run(row));
        List<LiveTrail> lives = rows(scope, correlations, """
                SELECT invocation_id, call_id, function, correlation_id, outcome, output ->> 'say' AS said,
                  output -> 'result' ->> 'startLocal' AS spoken, milliseconds, at
                FROM patchbay.live_invocation
                WHERE tenant_id = :tenant AND correlation_id = ANY (:ids) AND (:scoped::text[] IS NULL OR client_id = ANY (:scoped))
                ORDER BY invocation_id DESC LIMIT :most""", (row, number) -> live(row));
        List<String> runIds = runs.stream().map(RunTrail::id).toList();
        Set<EffectOrigin> origins = Stream.concat(
                        runIds.stream().map(id -> new EffectOrigin.Run(new RunId(id))),
                        lives.stream()
                                .map(LiveTrail::callId)
                                .filter(id -> !id.isEmpty())
                                .map(EffectOrigin.LiveCall::new))
                .collect(Collectors.toUnmodifiableSet());
        return new Trail(runs, steps(scope, runIds), attempts(scope, runIds), effects(scope, origins), lives);
    }

    private List<StepTrail> steps(TenantScope scope, Collection<String> runs) {
        return rows(scope, runs, """
                SELECT run_id, pointer, name, call, status, effect_key, output ->> 'detail' AS detail,
                  output ->> 'title' AS reason, output ->> 'startLocal' AS spoken, started_at, ended_at
                FROM patchbay.step WHERE tenant_id = :tenant AND run_id = ANY (:ids) AND NOT reused
                ORDER BY position DESC LIMIT :most""", (row, number) -> step(row));
    }

    private List<AttemptTrail> attempts(TenantScope scope, Collection<String> runs) {
        return rows(scope, runs, """
                SELECT run_id, pointer, position, started_at, milliseconds, outcome,
                  (SELECT jsonb_agg(jsonb_build_object('operation', x -> 'operation', 'milliseconds', x -> 'milliseconds',
                     'method', x #> '{request,method}', 'url', x #> '{request,url}', 'status', x #> '{answer,status}',
                     'error', x #> '{answer,error}') ORDER BY place)
                   FROM jsonb_array_elements(exchanges) WITH ORDINALITY AS said (x, place)) AS exchanges
                FROM patchbay.attempt WHERE tenant_id = :tenant AND run_id = ANY (:ids) ORDER BY position DESC LIMIT :most""", (row, number) -> attempt(row));
    }

    private List<EffectTrail> effects(TenantScope scope, Collection<EffectOrigin> origins) {
        return effects.findByOrigins(scope.tenant(), origins, MOST).stream()
                .map(RunHistoryRepository::effect)
                .toList();
    }

    private <T> List<T> rows(TenantScope scope, Collection<String> ids, String query, RowMapper<T> row) {
        return jdbc.sql(query)
                .param("tenant", scope.tenant().value())
                .param("scoped", scope.scoped())
                .param("ids", ids.toArray(String[]::new))
                .param("most", MOST)
                .query(row)
                .list();
    }

    private static RunTrail run(ResultSet row) throws SQLException {
        String code = row.getString("cause_code");
        return new RunTrail(
                row.getString("run_id"),
                row.getString("flow_name"),
                row.getString("version"),
                row.getString("status"),
                row.getString("correlation_id"),
                code,
                row.getString("cause_sentence"),
                nextAction(String.valueOf(code)).orElse(null),
                instant(row, "started_at"),
                ended(row, "ended_at"));
    }

    private static Optional<String> nextAction(String code) {
        return Arrays.stream(FailureReason.values())
                .filter(failureReason -> failureReason.code().equals(code))
                .map(FailureReason::nextAction)
                .findFirst();
    }

    private static StepTrail step(ResultSet row) throws SQLException {
        return new StepTrail(
                row.getString("run_id"),
                row.getString("pointer"),
                row.getString("name"),
                row.getString("call"),
                row.getString("status"),
                row.getString("effect_key"),
                row.getString("detail"),
                row.getString("reason"),
                row.getString("spoken"),
                instant(row, "started_at"),
                ended(row, "ended_at"));
    }

    private static AttemptTrail attempt(ResultSet row) throws SQLException {
        String exchanges = row.getString("exchanges");
        return new AttemptTrail(
                row.getString("run_id"),
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

    private static ExchangeTrail exchange(JsonNode said) {
        return new ExchangeTrail(
                said.path("operation").asString("").replaceFirst("/.*", ""),
                said.path("method").asString(""),
                path(said.path("url").asString("")),
                said.path("status").isNumber() ? said.path("status").asInt() : null,
                said.path("error").isString() ? said.path("error").asString() : null,
                said.path("milliseconds").asLong(0));
    }

    /** Without host and query; what redaction left in it is no address any more, so nothing parses it. */
    private static String path(String url) {
        return url.replaceFirst("^[a-z]+://[^/]*", "").replaceFirst("[?].*", "");
    }

    private static EffectTrail effect(EffectStatus effect) {
        return new EffectTrail(
                effect.origin().text(),
                effect.key(),
                effect.place(),
                effect.state().name(),
                effect.lookedUp(),
                effect.parked(),
                effect.providerId(),
                effect.error(),
                effect.createdAt(),
                effect.settledAt());
    }

    private static LiveTrail live(ResultSet row) throws SQLException {
        return new LiveTrail(
                row.getString("invocation_id"),
                row.getString("call_id"),
                row.getString("function"),
                row.getString("correlation_id"),
                row.getString("outcome"),
                row.getString("said"),
                row.getString("spoken"),
                row.getLong("milliseconds"),
                instant(row, "at"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getTimestamp(column).toInstant();
    }

    private static @Nullable Instant ended(ResultSet row, String column) throws SQLException {
        Timestamp at = row.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }
}
