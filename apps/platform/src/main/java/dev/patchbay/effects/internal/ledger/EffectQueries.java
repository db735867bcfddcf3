package dev.patchbay.effects.internal.ledger;

import dev.patchbay.effects.EffectKey;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.JsonNode;

/** The ledger as people see it, and what they may decide in it. */
@Repository
public class EffectQueries {

    /** So often may one act be wanted again. */
    private static final int MOST_GENERATIONS = 100;

    private static final String SELECT = """
            SELECT key, run_id, state, looked_up, look_after = 'infinity' AS parked,
              state = 'PLANNED' AND owner_node IS NULL AS unsent FROM patchbay.effect
            WHERE tenant_id = :tenant AND\s""";

    private final JdbcClient jdbc;
    private final Tenancy tenancy;

    EffectQueries(JdbcClient jdbc, Tenancy tenancy) {
        this.jdbc = jdbc;
        this.tenancy = tenancy;
    }

    /**
     * @param runId the run whose act it is
     * @param state {@code PLANNED}, {@code DONE}, {@code FAILED} or {@code UNKNOWN}
     * @param lookedUp whether the provider was asked before anything was sent again
     * @param parked whether it waits for a person
     * @param unsent whether it is planned and was certainly not sent
     */
    public record EffectState(
            String key, String runId, String state, boolean lookedUp, boolean parked, boolean unsent) {

        /** Whether nobody knows yet what came of it. */
        public boolean isOpen() {
            return state.equals("UNKNOWN") || (state.equals("PLANNED") && !unsent);
        }

        private static EffectState of(ResultSet row, int number) throws SQLException {
            return new EffectState(
                    row.getString("key"),
                    row.getString("run_id"),
                    Objects.requireNonNull(row.getString("state")),
                    row.getBoolean("looked_up"),
                    row.getBoolean("parked"),
                    row.getBoolean("unsent"));
        }
    }

    /** How acts stand, by key; what was never claimed is not among them. */
    public Map<String, EffectState> of(TenantId tenant, Collection<String> keys) {
        return tenancy
                .inTenant(
                        tenant,
                        () -> jdbc.sql(SELECT + "key = ANY (:keys)")
                                .param("tenant", tenant.value())
                                .param("keys", keys.toArray(new String[0]))
                                .query(EffectState::of)
                                .list())
                .stream()
                .collect(Collectors.toMap(EffectState::key, Function.identity()));
    }

    /** How one act stands; empty when it was never claimed. */
    public Optional<EffectState> of(EffectKey key) {
        return Optional.ofNullable(of(key.tenant(), List.of(key.text())).get(key.text()));
    }

    /** The highest generation of an act that was ever claimed. */
    public Optional<EffectState> newest(EffectKey key) {
        String act = key.act();
        return of(
                        key.tenant(),
                        IntStream.range(0, MOST_GENERATIONS)
                                .mapToObj(generation -> act + generation)
                                .toList())
                .values()
                .stream()
                .max(Comparator.comparingInt((EffectState known) ->
                        EffectKey.of(key.tenant(), key.runId(), known.key()).generation()));
    }

    /** What an act that is done returned. */
    public JsonNode result(TenantId tenant, String key) {
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

    /**
     * A person looked at the provider and says what came of an act of which nobody knows.
     *
     * @param response what the act returned; null: it was not done, so it may be sent
     * @return false when that is known
     */
    public boolean decide(EffectKey key, @Nullable JsonNode response) {
        String state = response == null
                ? "state = 'PLANNED', look_after = clock_timestamp()"
                : "state = 'DONE', response = jsonb_build_object('value', :response::jsonb), settled_at = clock_timestamp()";
        return tenancy.inTenant(
                key.tenant(),
                () -> jdbc.sql(
                                        "UPDATE patchbay.effect SET attempt = attempt + 1, owner_node = NULL, owner_epoch = NULL, "
                                                + state
                                                + " WHERE tenant_id = :tenant AND key = :key AND (state = 'UNKNOWN' OR (state = 'PLANNED' AND owner_node IS NOT NULL))")
                                .param("tenant", key.tenant().value())
                                .param("key", key.text())
                                .param("response", response == null ? null : Json.write(response))
                                .update()
                        == 1);
    }
}
