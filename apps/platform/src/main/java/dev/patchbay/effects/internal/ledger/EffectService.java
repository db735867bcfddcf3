package dev.patchbay.effects.internal.ledger;

import dev.patchbay.effects.EffectKey;
import dev.patchbay.effects.EffectState;
import dev.patchbay.effects.EffectStatus;
import dev.patchbay.effects.Effects;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.JsonNode;

@Repository
class EffectService implements Effects {

    /** So often may one act be wanted again. */
    private static final int MOST_GENERATIONS = 100;

    private static final String SELECT = """
            SELECT key, run_id, state, looked_up, look_after = 'infinity' AS parked,
              state = 'PLANNED' AND owner_node IS NULL AS unsent FROM patchbay.effect
            WHERE tenant_id = :tenant AND\s""";

    private final JdbcClient jdbc;
    private final Tenancy tenancy;

    EffectService(JdbcClient jdbc, Tenancy tenancy) {
        this.jdbc = jdbc;
        this.tenancy = tenancy;
    }

    private static EffectStatus status(ResultSet row, int number) throws SQLException {
        return new EffectStatus(
                row.getString("key"),
                row.getString("run_id"),
                EffectState.valueOf(row.getString("state")),
                row.getBoolean("looked_up"),
                row.getBoolean("parked"),
                row.getBoolean("unsent"));
    }

    @Override
    public Map<String, EffectStatus> find(TenantId tenant, Collection<String> keys) {
        return tenancy
                .inTenant(
                        tenant,
                        () -> jdbc.sql(SELECT + "key = ANY (:keys)")
                                .param("tenant", tenant.value())
                                .param("keys", keys.toArray(new String[0]))
                                .query(EffectService::status)
                                .list())
                .stream()
                .collect(Collectors.toMap(EffectStatus::key, Function.identity()));
    }

    @Override
    public Optional<EffectStatus> find(EffectKey key) {
        return Optional.ofNullable(find(key.tenant(), List.of(key.text())).get(key.text()));
    }

    @Override
    public Optional<EffectStatus> findNewest(EffectKey key) {
        String act = key.act();
        return find(
                        key.tenant(),
                        IntStream.range(0, MOST_GENERATIONS)
                                .mapToObj(generation -> act + generation)
                                .toList())
                .values()
                .stream()
                .max(Comparator.comparingInt((EffectStatus known) ->
                        EffectKey.of(key.tenant(), key.runId(), known.key()).generation()));
    }

    @Override
    public JsonNode response(TenantId tenant, String key) {
        return tenancy.inTenant(
                tenant,
                () -> jdbc.sql("""
                        SELECT coalesce(response->'value', 'null'::jsonb) FROM patchbay.effect
                        WHERE tenant_id = :tenant AND key = :key AND state = 'DONE'""")
                        .param("tenant", tenant.value())
                        .param("key", key)
                        .query((row, number) -> Json.read(row.getString(1)))
                        .single());
    }

    @Override
    public boolean confirmDone(EffectKey key, JsonNode response) {
        return decide(
                key,
                "state = 'DONE', response = jsonb_build_object('value', :response::jsonb), settled_at = clock_timestamp()",
                statement -> statement.param("response", Json.write(response)));
    }

    @Override
    public boolean confirmNotDone(EffectKey key) {
        return decide(key, "state = 'PLANNED', look_after = clock_timestamp()", UnaryOperator.identity());
    }

    private boolean decide(EffectKey key, String change, UnaryOperator<JdbcClient.StatementSpec> parameters) {
        return tenancy.inTenant(
                key.tenant(),
                () -> parameters
                                .apply(jdbc.sql(
                                                "UPDATE patchbay.effect SET attempt = attempt + 1, owner_node = NULL, owner_epoch = NULL, "
                                                        + change
                                                        + " WHERE tenant_id = :tenant AND key = :key AND (state = 'UNKNOWN' OR (state = 'PLANNED' AND owner_node IS NOT NULL))")
                                        .param("tenant", key.tenant().value())
                                        .param("key", key.text()))
                                .update()
                        == 1);
    }
}
