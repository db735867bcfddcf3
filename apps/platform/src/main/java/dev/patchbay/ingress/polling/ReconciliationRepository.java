package dev.patchbay.ingress.polling;

import dev.patchbay.ingress.polling.Reconciliation.Day;
import dev.patchbay.ingress.polling.Reconciliation.Difference;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.EventId;
import dev.patchbay.kernel.TenantId;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads the tables {@code poll_fact} and {@code poll_cursor} for reports; in the tenant's transaction. */
@Repository
class ReconciliationRepository {

    private final JdbcClient jdbc;

    ReconciliationRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Day> listDays(
            TenantId tenant,
            Optional<String> provider,
            Optional<LocalDate> from,
            Optional<LocalDate> to,
            int limit,
            Optional<String> after) {
        return jdbc.sql("""
                        SELECT f.provider, f.connection_id, f.day,
                          count(*) FILTER (WHERE f.kind = 'matched') AS matched,
                          count(*) FILTER (WHERE f.kind = 'repaired') AS repaired,
                          count(*) FILTER (WHERE f.kind = 'only_here') AS only_here,
                          count(*) FILTER (WHERE f.kind = 'missing') AS missing,
                          (SELECT CASE WHEN bool_and(c.polled_at IS NOT NULL) THEN min(c.polled_at) END
                           FROM patchbay.poll_cursor c
                           WHERE c.tenant_id = :tenant AND c.webhook_connection_id = f.connection_id) AS polled_at
                        FROM patchbay.poll_fact f
                        WHERE f.tenant_id = :tenant
                          AND (:provider::text IS NULL OR f.provider = :provider)
                          AND (:from::date IS NULL OR f.day >= :from::date)
                          AND (:to::date IS NULL OR f.day <= :to::date)
                          AND (:after::text IS NULL OR f.day || '/' || f.connection_id < :after)
                        GROUP BY f.provider, f.connection_id, f.day
                        ORDER BY f.day DESC, f.connection_id DESC LIMIT :limit""")
                .param("tenant", tenant.value())
                .param("provider", provider.orElse(null))
                .param("from", from.orElse(null))
                .param("to", to.orElse(null))
                .param("after", after.orElse(null))
                .param("limit", limit)
                .query((row, number) -> new Day(
                        row.getString("provider"),
                        new ConnectionId(row.getString("connection_id")),
                        row.getObject("day", LocalDate.class),
                        row.getLong("matched"),
                        row.getLong("repaired"),
                        row.getLong("only_here"),
                        row.getLong("missing"),
                        Optional.ofNullable(row.getObject("polled_at", OffsetDateTime.class))
                                .map(OffsetDateTime::toInstant)
                                .orElse(null)))
                .list();
    }

    List<Difference> listDifferences(TenantId tenant, Optional<String> kind, int limit, Optional<String> after) {
        return jdbc.sql("""
                        SELECT kind, provider, connection_id, subject, day, event_id, key FROM patchbay.poll_fact
                        WHERE tenant_id = :tenant AND kind <> 'matched'
                          AND (:kind::text IS NULL OR kind = :kind)
                          AND (:after::text IS NULL OR connection_id || '/' || key > :after)
                        ORDER BY connection_id || '/' || key LIMIT :limit""")
                .param("tenant", tenant.value())
                .param("kind", kind.orElse(null))
                .param("after", after.orElse(null))
                .param("limit", limit)
                .query((row, number) -> new Difference(
                        FactKind.ofWireName(row.getString("kind")),
                        row.getString("provider"),
                        new ConnectionId(row.getString("connection_id")),
                        row.getString("subject"),
                        row.getObject("day", LocalDate.class),
                        Optional.ofNullable(row.getString("event_id"))
                                .map(EventId::new)
                                .orElse(null),
                        row.getString("key")))
                .list();
    }
}
