package dev.patchbay.flows.internal.run;

import dev.patchbay.effects.EffectStatus;
import dev.patchbay.effects.Effects;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.JsonNode;

/** A run's steps as the API and the portal show them. */
@Repository
public class StepQueries {

    private final JdbcClient jdbc;
    private final Journal journal;
    private final Effects effects;

    StepQueries(JdbcClient jdbc, Journal journal, Effects effects) {
        this.jdbc = jdbc;
        this.journal = journal;
        this.effects = effects;
    }

    public record Attempt(
            Instant startedAt,
            long milliseconds,
            @Nullable JsonNode request,
            @Nullable JsonNode answer,
            String outcome) {}

    /** @param waitsForPerson nobody knows whether it was done, and only a person can find out */
    public record Effect(String state, String key, boolean lookedUp, boolean waitsForPerson) {

        private static Effect of(EffectStatus state) {
            return new Effect(state.state().name(), state.key(), state.lookedUp(), state.parked());
        }
    }

    /**
     * @param pass which replay of the run it belongs to, from 0
     * @param status {@code running}, {@code waiting}, {@code completed}, {@code failed}, {@code skipped} or {@code undone}
     * @param reused an earlier pass did it, and this one did not do it again
     */
    public record Step(
            int pass,
            String pointer,
            String name,
            @Nullable String call,
            String status,
            boolean reused,
            @Nullable Effect effect,
            List<Attempt> attempts,
            @Nullable JsonNode input,
            @Nullable JsonNode output,
            Instant startedAt,
            @Nullable Instant endedAt) {}

    /** In the order in which they were come to; call it in the tenant's transaction. */
    List<Step> of(TenantId tenant, String runId) {
        var lines = journal.lines(tenant, runId);
        var states = effects.find(
                tenant,
                lines.stream()
                        .map(StepRecord::effectKey)
                        .filter(Objects::nonNull)
                        .toList());
        var attempts = attempts(tenant, runId);
        return lines.stream()
                .map(stepRecord -> step(
                        stepRecord,
                        stepRecord.effectKey() == null ? null : states.get(stepRecord.effectKey()),
                        attempts.getOrDefault(
                                stepRecord.pass() + stepRecord.step().pointer() + "#"
                                        + stepRecord.step().iteration(),
                                List.of())))
                .toList();
    }

    private static Step step(StepRecord stepRecord, @Nullable EffectStatus state, List<Attempt> attempts) {
        return new Step(
                stepRecord.pass(),
                stepRecord.step().pointer(),
                stepRecord.step().name(),
                stepRecord.call(),
                stepRecord.undone() ? "undone" : stepRecord.status(),
                stepRecord.reused(),
                state == null ? null : Effect.of(state),
                attempts,
                stepRecord.input(),
                stepRecord.output(),
                stepRecord.startedAt(),
                stepRecord.endedAt());
    }

    private Map<String, List<Attempt>> attempts(TenantId tenant, String runId) {
        return jdbc
                .sql("""
                        SELECT pass || pointer || '#' || iteration AS step, started_at, milliseconds, exchanges, outcome
                        FROM patchbay.attempt WHERE tenant_id = :tenant AND run_id = :run ORDER BY position""")
                .param("tenant", tenant.value())
                .param("run", runId)
                .query((row, number) -> Map.entry(row.getString("step"), attempt(row)))
                .list()
                .stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    }

    /** An attempt that took several exchanges (a look, then the act) shows the last: the one that decided. */
    private static Attempt attempt(ResultSet row) throws SQLException {
        var exchanges = Json.read(row.getString("exchanges"));
        var last = exchanges.path(exchanges.size() - 1);
        return new Attempt(
                row.getTimestamp("started_at").toInstant(),
                row.getLong("milliseconds"),
                last.get("request"),
                last.get("answer"),
                row.getString("outcome"));
    }
}
