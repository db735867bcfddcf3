package dev.patchbay.flows.history;

import dev.patchbay.effects.EffectStatus;
import dev.patchbay.flows.history.RunHistory.Booking;
import dev.patchbay.flows.history.RunHistory.RunKeys;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.PhoneNumber;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Finds the conversations of runs by phone number, run or effect, each by its own index. In the tenant's transaction. */
@Repository
class ConversationRepository {

    private final JdbcClient jdbc;

    ConversationRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Map<CorrelationId, Instant> find(TenantScope scope, RunKeys keys, int limitEach) {
        Map<CorrelationId, Instant> latest = new HashMap<>();
        jdbc.sql("""
                        SELECT correlation_id, max(at) AS at FROM (
                          SELECT r.correlation_id, r.started_at AS at FROM unnest(:phones::text[]) AS wanted (value)
                          CROSS JOIN LATERAL (
                            SELECT correlation_id, started_at FROM patchbay.run r
                            WHERE r.tenant_id = :tenant AND r.phone = wanted.value
                              AND (:scoped::text[] IS NULL OR r.client_id = ANY (:scoped))
                            ORDER BY r.run_id DESC LIMIT :limit) r
                          UNION ALL
                          SELECT r.correlation_id, r.started_at FROM patchbay.run r
                          WHERE r.tenant_id = :tenant AND r.run_id = ANY (:runs)
                            AND (:scoped::text[] IS NULL OR r.client_id = ANY (:scoped))
                          UNION ALL
                          SELECT r.correlation_id, e.settled_at
                          FROM unnest(:origins::text[], :settled::timestamptz[]) AS e (origin, settled_at)
                          JOIN patchbay.run r ON r.tenant_id = :tenant AND r.run_id = e.origin
                          WHERE :scoped::text[] IS NULL OR r.client_id = ANY (:scoped)) matched
                        GROUP BY correlation_id""")
                .param("tenant", scope.tenant().value())
                .param("scoped", scope.scoped())
                .param("phones", texts(keys.phones(), PhoneNumber::e164))
                .param("runs", texts(keys.runIds(), Function.identity()))
                .param(
                        "origins",
                        texts(keys.effects(), effect -> effect.origin().text()))
                .param(
                        "settled",
                        keys.effects().stream()
                                .map(ConversationRepository::settledAt)
                                .toArray(Timestamp[]::new))
                .param("limit", limitEach)
                .query(row -> {
                    latest.put(
                            new CorrelationId(row.getString("correlation_id")),
                            row.getTimestamp("at").toInstant());
                });
        return latest;
    }

    private static <T> String[] texts(Collection<T> items, Function<T, String> text) {
        return items.stream().map(text).toArray(String[]::new);
    }

    private static Timestamp settledAt(EffectStatus effect) {
        return Timestamp.from(Objects.requireNonNull(effect.settledAt()));
    }

    Optional<Booking> findLastBooking(TenantId tenant, ClientId client, PhoneNumber phone) {
        return jdbc.sql("""
                        SELECT s.ended_at, s.output->>'startLocal' AS start_local
                        FROM patchbay.run r JOIN patchbay.step s ON s.tenant_id = r.tenant_id AND s.run_id = r.run_id
                        WHERE r.tenant_id = :tenant AND r.client_id = :client AND r.phone = :phone
                          AND s.call = 'calendar.book' AND s.status = 'completed' AND s.undone_at IS NULL
                        ORDER BY r.run_id DESC LIMIT 1""")
                .param("tenant", tenant.value())
                .param("client", client.value())
                .param("phone", phone.e164())
                .query((row, number) ->
                        new Booking(row.getTimestamp("ended_at").toInstant(), row.getString("start_local")))
                .optional();
    }
}
