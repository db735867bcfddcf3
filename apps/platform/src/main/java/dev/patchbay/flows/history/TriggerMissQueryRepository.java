package dev.patchbay.flows.history;

import dev.patchbay.flows.history.RunHistory.TriggerMissEntry;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.EventId;
import dev.patchbay.kernel.TenantScope;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads which flows events did not start; in the tenant's transaction. */
@Repository
class TriggerMissQueryRepository {

    private static final int MAX_MISSES = 2_000;

    private final JdbcClient jdbc;

    TriggerMissQueryRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The misses of these conversations, the latest first. */
    List<TriggerMissEntry> find(TenantScope scope, Set<CorrelationId> correlations) {
        return jdbc.sql("""
                        SELECT m.*, f.name FROM patchbay.flow_trigger_miss m
                        JOIN patchbay.flow f ON f.tenant_id = m.tenant_id AND f.flow_id = m.flow_id
                        WHERE m.tenant_id = :tenant AND m.correlation_id = ANY (:correlations)
                          AND (:scoped::text[] IS NULL OR m.client_id = ANY (:scoped))
                        ORDER BY m.at DESC LIMIT :limit""")
                .param("tenant", scope.tenant().value())
                .param(
                        "correlations",
                        correlations.stream().map(CorrelationId::value).toArray(String[]::new))
                .param("scoped", scope.scoped())
                .param("limit", MAX_MISSES)
                .query((row, number) -> new TriggerMissEntry(
                        new EventId(row.getString("event_id")),
                        row.getString("name"),
                        row.getString("version"),
                        new CorrelationId(row.getString("correlation_id")),
                        row.getString("condition"),
                        row.getBoolean("failed"),
                        row.getString("reason"),
                        row.getTimestamp("at").toInstant()))
                .list();
    }
}
