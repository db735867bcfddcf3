package dev.patchbay.connections.internal;

import dev.patchbay.connections.Routes.Route;
import dev.patchbay.connections.Routes.Source;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.TenantId;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Stores which client a provider's agent, number, location or customer belongs to; within the tenant's transaction. */
@Component
final class RouteRepository {

    private final JdbcClient jdbc;

    RouteRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Sorted by {@link #cursor}, after the given one. */
    List<Route> list(TenantId tenant, int limit, String after) {
        return jdbc.sql("""
                        SELECT connection_id, kind, external_id, client_id FROM patchbay.route
                        WHERE tenant_id = :tenant
                          AND (connection_id || ' ' || kind || ' ' || external_id) COLLATE "C" > :after
                        ORDER BY (connection_id || ' ' || kind || ' ' || external_id) COLLATE "C"
                        LIMIT :limit""")
                .param("tenant", tenant.value())
                .param("after", after)
                .param("limit", limit)
                .query((row, number) -> new Route(
                        new ConnectionId(row.getString("connection_id")),
                        row.getString("kind"),
                        row.getString("external_id"),
                        row.getString("client_id")))
                .list();
    }

    List<String> findExternalIds(TenantId tenant, ClientId client, String kind) {
        return jdbc.sql("""
                        SELECT DISTINCT external_id FROM patchbay.route
                        WHERE tenant_id = :tenant AND client_id = :client AND kind = :kind""")
                .param("tenant", tenant.value())
                .param("client", client.value())
                .param("kind", kind)
                .query((row, number) -> row.getString("external_id"))
                .list();
    }

    static String cursor(Route route) {
        return route.connectionId() + " " + route.kind() + " " + route.externalId();
    }

    void put(TenantId tenant, Source source, ClientId client) {
        jdbc.sql("""
                        INSERT INTO patchbay.route (tenant_id, connection_id, kind, external_id, client_id)
                        VALUES (:tenant, :connection, :kind, :external, :client)
                        ON CONFLICT (tenant_id, connection_id, kind, external_id) DO UPDATE
                        SET client_id = excluded.client_id""")
                .param("tenant", tenant.value())
                .param("connection", source.connectionId().value())
                .param("kind", source.kind())
                .param("external", source.externalId())
                .param("client", client.value())
                .update();
    }

    Optional<ClientId> findClient(TenantId tenant, Source source) {
        return jdbc.sql("""
                        SELECT client_id FROM patchbay.route
                        WHERE tenant_id = :tenant AND connection_id = :connection
                          AND kind = :kind AND external_id = :external""")
                .param("tenant", tenant.value())
                .param("connection", source.connectionId().value())
                .param("kind", source.kind())
                .param("external", source.externalId())
                .query(String.class)
                .optional()
                .map(ClientId::new);
    }

    void delete(TenantId tenant, Source source) {
        jdbc.sql("""
                        DELETE FROM patchbay.route
                        WHERE tenant_id = :tenant AND connection_id = :connection
                          AND kind = :kind AND external_id = :external""")
                .param("tenant", tenant.value())
                .param("connection", source.connectionId().value())
                .param("kind", source.kind())
                .param("external", source.externalId())
                .update();
    }
}
