package dev.patchbay.ingress.dispatch;

import dev.patchbay.ingress.EventStatus;
import dev.patchbay.ingress.dispatch.Backlog.UnmappedRoute;
import dev.patchbay.ingress.dispatch.Backlog.WaitingEvents;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.EventId;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Counts the tables {@code event_dispatch} and {@code event_route}; in the tenant's transaction. */
@Repository
class BacklogRepository {

    private final JdbcClient jdbc;

    BacklogRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<WaitingEvents> countUnfinished(TenantScope scope) {
        return jdbc.sql("""
                        SELECT client_id, state, count(*) AS events, min(received_at) AS oldest
                        FROM patchbay.event_dispatch
                        WHERE tenant_id = :tenant AND state <> 'DONE' AND (:scoped::text[] IS NULL OR client_id = ANY (:scoped))
                        GROUP BY client_id, state ORDER BY client_id, state""")
                .param("tenant", scope.tenant().value())
                .param("scoped", scope.scoped())
                .query((row, number) -> new WaitingEvents(
                        Optional.of(row.getString("client_id")).filter(id -> !id.isEmpty()),
                        EventStatus.valueOf(row.getString("state")).wireName(),
                        row.getLong("events"),
                        row.getObject("oldest", OffsetDateTime.class).toInstant()))
                .list();
    }

    List<UnmappedRoute> listUnmappedRoutes(TenantId tenant, int limit) {
        return jdbc.sql("""
                        SELECT connection_id, kind, external_id, count(*) AS events, min(event_id) AS first
                        FROM patchbay.event_route WHERE tenant_id = :tenant
                        GROUP BY connection_id, kind, external_id ORDER BY events DESC, connection_id, kind, external_id
                        LIMIT :limit""")
                .param("tenant", tenant.value())
                .param("limit", limit)
                .query((row, number) -> new UnmappedRoute(
                        new ConnectionId(row.getString("connection_id")),
                        row.getString("kind"),
                        row.getString("external_id"),
                        row.getLong("events"),
                        new EventId(row.getString("first"))))
                .list();
    }
}
