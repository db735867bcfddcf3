package dev.patchbay.livecalls.internal;

import dev.patchbay.effects.EffectStatus;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.livecalls.InvocationOutcome;
import dev.patchbay.livecalls.LiveCallHistory.CallKeys;
import dev.patchbay.livecalls.LiveCallHistory.InvocationEntry;
import dev.patchbay.livecalls.internal.CallerDigests.CallerDigest;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Finds the calls of conversations, each kind of key by its own index. In the tenant's transaction. */
@Repository
class LiveCallHistoryRepository {

    /** Older rows are left out. */
    private static final int MAX_ROWS = 2_000;

    private final JdbcClient jdbc;

    LiveCallHistoryRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param callers the digests of the phones among the keys */
    Map<CorrelationId, Instant> findConversations(
            TenantScope scope, CallKeys keys, List<CallerDigest> callers, int limitEach) {
        Map<CorrelationId, Instant> latest = new HashMap<>();
        jdbc.sql("""
                        SELECT correlation_id, max(at) AS at FROM (
                          SELECT i.correlation_id, i.at
                          FROM unnest(:callerClients::text[], :callers::bytea[]) AS wanted (client, caller)
                          CROSS JOIN LATERAL (
                            SELECT correlation_id, at FROM patchbay.live_invocation i
                            WHERE i.tenant_id = :tenant AND i.client_id = wanted.client AND i.caller = wanted.caller
                            ORDER BY i.invocation_id DESC LIMIT :limit) i
                          UNION ALL
                          SELECT i.correlation_id, i.at FROM unnest(:calls::text[]) AS wanted (value)
                          CROSS JOIN LATERAL (
                            SELECT correlation_id, at FROM patchbay.live_invocation i
                            WHERE i.tenant_id = :tenant AND i.call_id = wanted.value AND i.call_id <> ''
                              AND (:scoped::text[] IS NULL OR i.client_id = ANY (:scoped))
                            ORDER BY i.invocation_id DESC LIMIT :limit) i
                          UNION ALL
                          SELECT a.correlation_id, e.settled_at
                          FROM unnest(:origins::text[], :settled::timestamptz[]) AS e (origin, settled_at)
                          CROSS JOIN LATERAL (
                            SELECT correlation_id, client_id FROM patchbay.live_act a
                            WHERE a.tenant_id = :tenant AND a.origin = e.origin LIMIT 1) a
                          WHERE :scoped::text[] IS NULL OR a.client_id = ANY (:scoped)) matched
                        GROUP BY correlation_id""")
                .param("tenant", scope.tenant().value())
                .param("scoped", scope.scoped())
                .param("callerClients", texts(callers, caller -> caller.client().value()))
                .param("callers", callers.stream().map(CallerDigest::digest).toArray(byte[][]::new))
                .param("calls", texts(keys.callIds(), Function.identity()))
                .param(
                        "origins",
                        texts(keys.effects(), effect -> effect.origin().text()))
                .param(
                        "settled",
                        keys.effects().stream()
                                .map(LiveCallHistoryRepository::settledAt)
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

    List<InvocationEntry> findInvocations(TenantScope scope, Set<CorrelationId> correlations) {
        return jdbc.sql("""
                        SELECT invocation_id, call_id, function, correlation_id, outcome, output ->> 'say' AS reply,
                          output -> 'result' ->> 'startLocal' AS start_local, milliseconds, at
                        FROM patchbay.live_invocation
                        WHERE tenant_id = :tenant AND correlation_id = ANY (:correlations)
                          AND (:scoped::text[] IS NULL OR client_id = ANY (:scoped))
                        ORDER BY invocation_id DESC LIMIT :limit""")
                .param("tenant", scope.tenant().value())
                .param("scoped", scope.scoped())
                .param("correlations", texts(correlations, CorrelationId::value))
                .param("limit", MAX_ROWS)
                .query((row, number) -> new InvocationEntry(
                        row.getString("invocation_id"),
                        row.getString("call_id"),
                        row.getString("function"),
                        new CorrelationId(row.getString("correlation_id")),
                        InvocationOutcome.of(row.getString("outcome")),
                        row.getString("reply"),
                        row.getString("start_local"),
                        row.getLong("milliseconds"),
                        row.getTimestamp("at").toInstant()))
                .list();
    }
}
