package dev.patchbay.flows.internal.history;

import dev.patchbay.effects.EffectStatus;
import dev.patchbay.effects.Effects;
import dev.patchbay.flows.RunHistory.Found;
import dev.patchbay.flows.RunHistory.SearchKeys;
import dev.patchbay.flows.internal.live.CallerDigests;
import dev.patchbay.kernel.PhoneNumber;
import dev.patchbay.kernel.TenantScope;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Finds conversations by what was dialled, run or made; each way has its index. In the tenant's transaction. */
@Repository
public class RunHistoryFinder {

    private static final String FIND = """
            SELECT r.correlation_id, r.started_at AS at FROM unnest(:phones::text[]) AS wanted (value) CROSS JOIN LATERAL (
              SELECT correlation_id, started_at FROM patchbay.run r
              WHERE r.tenant_id = :tenant AND r.phone = wanted.value AND (:scoped::text[] IS NULL OR r.client_id = ANY (:scoped))
              ORDER BY r.run_id DESC LIMIT :most) r
            UNION ALL
            SELECT r.correlation_id, r.started_at FROM patchbay.run r
            WHERE r.tenant_id = :tenant AND r.run_id = ANY (:runs) AND (:scoped::text[] IS NULL OR r.client_id = ANY (:scoped))
            UNION ALL
            SELECT i.correlation_id, i.at FROM unnest(:callerClients::text[], :callers::bytea[]) AS wanted (client, caller)
            CROSS JOIN LATERAL (
              SELECT correlation_id, at FROM patchbay.live_invocation i
              WHERE i.tenant_id = :tenant AND i.client_id = wanted.client AND i.caller = wanted.caller
              ORDER BY i.invocation_id DESC LIMIT :most) i
            UNION ALL
            SELECT i.correlation_id, i.at FROM unnest(:calls::text[]) AS wanted (value) CROSS JOIN LATERAL (
              SELECT correlation_id, at FROM patchbay.live_invocation i
              WHERE i.tenant_id = :tenant AND i.call_id = wanted.value AND i.call_id <> ''
                AND (:scoped::text[] IS NULL OR i.client_id = ANY (:scoped))
              ORDER BY i.invocation_id DESC LIMIT :most) i
            UNION ALL
            SELECT coalesce(r.correlation_id, a.correlation_id), e.settled_at
            FROM unnest(:origins::text[], :settled::timestamptz[]) AS e (origin, settled_at)
            LEFT JOIN patchbay.run r ON r.tenant_id = :tenant AND r.run_id = e.origin
            LEFT JOIN LATERAL (
              SELECT correlation_id, client_id FROM patchbay.live_act a
              WHERE a.tenant_id = :tenant AND a.origin = e.origin LIMIT 1) a ON r.run_id IS NULL
            WHERE coalesce(r.correlation_id, a.correlation_id) IS NOT NULL
              AND (:scoped::text[] IS NULL OR coalesce(r.client_id, a.client_id) = ANY (:scoped))""";

    private final Effects effects;
    private final JdbcClient jdbc;
    private final CallerDigests callers;

    RunHistoryFinder(Effects effects, JdbcClient jdbc, CallerDigests callers) {
        this.effects = effects;
        this.jdbc = jdbc;
        this.callers = callers;
    }

    public List<Found> find(TenantScope scope, SearchKeys searchKeys, int mostEach) {
        var digests = callers.of(scope, searchKeys.phones());
        List<EffectStatus> done = effects.findDone(scope.tenant(), searchKeys.made(), Instant.EPOCH, mostEach);
        return jdbc.sql(FIND)
                .param("tenant", scope.tenant().value())
                .param("scoped", scope.scoped())
                .param(
                        "phones",
                        searchKeys.phones().stream().map(PhoneNumber::e164).toArray(String[]::new))
                .param("runs", searchKeys.runs().toArray(String[]::new))
                .param(
                        "callerClients",
                        digests.stream().map(it -> it.client().value()).toArray(String[]::new))
                .param(
                        "callers",
                        digests.stream().map(CallerDigests.Digest::caller).toArray(byte[][]::new))
                .param("calls", searchKeys.calls().toArray(String[]::new))
                .param(
                        "origins",
                        done.stream().map(effect -> effect.origin().text()).toArray(String[]::new))
                .param(
                        "settled",
                        done.stream()
                                .map(effect -> Timestamp.from(Objects.requireNonNull(effect.settledAt())))
                                .toArray(Timestamp[]::new))
                .param("most", mostEach)
                .query((row, number) -> new Found(
                        row.getString("correlation_id"), row.getTimestamp("at").toInstant()))
                .list();
    }
}
