package dev.patchbay.ingress.ingestion;

import dev.patchbay.connections.RouteMapped;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.TenantId;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Events with status {@code UNATTRIBUTED} and the table {@code event_route}, which holds what they could be mapped by. */
@Repository
class UnattributedEventRepository {

    private final JdbcClient jdbc;

    UnattributedEventRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Routes that are mapped although events still wait for them, of all tenants; through a definer function. */
    List<RouteMapped> findMappedRoutes(int limit) {
        return jdbc.sql("SELECT * FROM patchbay.mapped_routes_with_waiting_events(:limit)")
                .param("limit", limit)
                .query((row, number) -> new RouteMapped(
                        new TenantId(row.getString("tenant_id")),
                        new ConnectionId(row.getString("connection_id")),
                        row.getString("kind"),
                        row.getString("external_id"),
                        new ClientId(row.getString("client_id"))))
                .list();
    }

    /**
     * Assigns every event that waits for the route to its client and makes it ready; in the tenant's transaction.
     *
     * @return the number of events
     */
    int assign(RouteMapped route) {
        return jdbc.sql("""
                        WITH waiting AS MATERIALIZED (
                          SELECT d.event_id FROM patchbay.event_dispatch d
                          JOIN patchbay.event_route r ON r.tenant_id = d.tenant_id AND r.event_id = d.event_id
                          WHERE d.tenant_id = :tenant AND d.state = 'UNATTRIBUTED'
                            AND r.connection_id = :connection AND r.kind = :kind AND r.external_id = :id
                          ORDER BY d.event_id FOR UPDATE OF d),
                        unrouted AS (
                          DELETE FROM patchbay.event_route r USING waiting
                          WHERE r.tenant_id = :tenant AND r.event_id = waiting.event_id),
                        canonical AS (
                          UPDATE patchbay.event e SET client_id = :client FROM waiting
                          WHERE e.tenant_id = :tenant AND e.event_id = waiting.event_id)
                        UPDATE patchbay.event_dispatch d
                        SET state = 'READY', client_id = :client, ready_at = clock_timestamp() FROM waiting
                        WHERE d.tenant_id = :tenant AND d.event_id = waiting.event_id AND d.state = 'UNATTRIBUTED'""")
                .param("tenant", route.tenant().value())
                .param("connection", route.connectionId().value())
                .param("kind", route.kind())
                .param("id", route.externalId())
                .param("client", route.client().value())
                .update();
    }
}
