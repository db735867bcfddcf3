package dev.patchbay.effects.internal.ledger;

import dev.patchbay.effects.EffectKey;
import dev.patchbay.effects.EffectOrigin;
import dev.patchbay.effects.EffectState;
import dev.patchbay.effects.EffectStatus;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.JsonNode;

/** Reads effects in the tenant's transaction. */
@Repository
class EffectQueryRepository {

    private static final String SELECT = """
            SELECT e.key, e.origin, e.place, e.state, e.looked_up, e.look_after = 'infinity' AS parked,
              e.state = 'PLANNED' AND e.owner_node IS NULL AS unsent, e.adopted, e.provider_id, e.error, e.created_at, e.settled_at
            FROM patchbay.effect e
            WHERE e.tenant_id = :tenant AND\s""";

    private final JdbcClient jdbc;

    EffectQueryRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<EffectStatus> find(TenantId tenant, Collection<String> keys) {
        return jdbc.sql(SELECT + "e.key = ANY (:keys)")
                .param("tenant", tenant.value())
                .param("keys", keys.toArray(String[]::new))
                .query(EffectQueryRepository::status)
                .list();
    }

    List<EffectStatus> findByOrigins(TenantId tenant, Collection<EffectOrigin> origins, int limit) {
        return jdbc.sql(SELECT + "e.origin = ANY (:origins) ORDER BY e.created_at DESC LIMIT :limit")
                .param("tenant", tenant.value())
                .param("origins", origins.stream().map(EffectOrigin::text).toArray(String[]::new))
                .param("limit", limit)
                .query(EffectQueryRepository::status)
                .list();
    }

    List<EffectStatus> findDone(TenantId tenant, Collection<String> providerIds, Instant settledAfter, int limit) {
        return jdbc.sql("SELECT e.* FROM unnest(:ids::text[]) AS wanted (id) CROSS JOIN LATERAL (" + SELECT + """
                        e.state = 'DONE' AND e.provider_id = wanted.id AND e.settled_at > :settledAfter
                        ORDER BY e.settled_at DESC LIMIT :limit) e ORDER BY e.settled_at DESC""")
                .param("tenant", tenant.value())
                .param("ids", providerIds.toArray(String[]::new))
                .param("settledAfter", Timestamp.from(settledAfter))
                .param("limit", limit)
                .query(EffectQueryRepository::status)
                .list();
    }

    List<EffectStatus> findOpen(TenantId tenant, Instant after, Instant until) {
        return jdbc.sql(SELECT + """
                        e.state IN ('PLANNED', 'UNKNOWN') AND e.look_after < 'infinity'
                        AND (e.state = 'UNKNOWN' OR e.owner_node IS NOT NULL) AND e.created_at > :after AND e.created_at <= :until""")
                .param("tenant", tenant.value())
                .param("after", Timestamp.from(after))
                .param("until", Timestamp.from(until))
                .query(EffectQueryRepository::status)
                .list();
    }

    JsonNode response(TenantId tenant, String key) {
        return jdbc.sql("""
                        SELECT coalesce(response->'value', 'null'::jsonb) FROM patchbay.effect
                        WHERE tenant_id = :tenant AND key = :key AND state = 'DONE'""")
                .param("tenant", tenant.value())
                .param("key", key)
                .query((row, number) -> Json.read(row.getString(1)))
                .single();
    }

    /** Returns the provider's id; an empty text when the effect has none. */
    String findProviderId(EffectKey key) {
        return jdbc.sql("""
                        SELECT coalesce(provider_id, '') FROM patchbay.effect WHERE tenant_id = :tenant AND key = :key""")
                .param("tenant", key.tenant().value())
                .param("key", key.text())
                .query(String.class)
                .single();
    }

    Duration timeUnderWay(EffectKey key, Duration settle) {
        return jdbc.sql("""
                        SELECT greatest(0, extract(epoch FROM act_until - clock_timestamp()) * 1000 + :settle)::bigint
                        FROM patchbay.effect
                        WHERE tenant_id = :tenant AND key = :key
                          AND (state = 'UNKNOWN' OR (state = 'PLANNED' AND owner_node IS NOT NULL))""")
                .param("tenant", key.tenant().value())
                .param("key", key.text())
                .param("settle", settle.toMillis())
                .query(Long.class)
                .optional()
                .map(Duration::ofMillis)
                .orElse(Duration.ZERO);
    }

    private static EffectStatus status(ResultSet row, int number) throws SQLException {
        return new EffectStatus(
                row.getString("key"),
                EffectOrigin.of(row.getString("origin")),
                row.getString("place"),
                EffectState.valueOf(row.getString("state")),
                row.getBoolean("looked_up"),
                row.getBoolean("parked"),
                row.getBoolean("unsent"),
                row.getBoolean("adopted"),
                row.getString("provider_id"),
                row.getString("error"),
                row.getTimestamp("created_at").toInstant(),
                Optional.ofNullable(row.getTimestamp("settled_at"))
                        .map(Timestamp::toInstant)
                        .orElse(null));
    }
}
