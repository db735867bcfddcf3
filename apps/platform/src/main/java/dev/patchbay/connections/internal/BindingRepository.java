package dev.patchbay.connections.internal;

import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Which connection serves whom, outward (bindings) and inward (routes); within the tenant's transaction. */
@Component
final class BindingRepository {

    /** Stands for "every client without a binding of its own". */
    private static final String EVERY_CLIENT = "";

    private final JdbcClient jdbc;

    BindingRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    record Binding(String connectionId, JsonNode settings) {}

    void bind(TenantScope scope, String port, String connectionId, JsonNode settings) {
        jdbc.sql("""
                        INSERT INTO patchbay.binding (tenant_id, client_id, port, connection_id, settings)
                        VALUES (:tenant, :client, :port, :connection, :settings::jsonb)
                        ON CONFLICT (tenant_id, client_id, port) DO UPDATE
                        SET connection_id = excluded.connection_id, settings = excluded.settings""")
                .param("tenant", scope.tenant().value())
                .param("client", client(scope))
                .param("port", port)
                .param("connection", connectionId)
                .param("settings", Json.write(settings))
                .update();
    }

    void unbind(TenantScope scope, String port) {
        jdbc.sql("""
                        DELETE FROM patchbay.binding
                        WHERE tenant_id = :tenant AND client_id = :client AND port = :port""")
                .param("tenant", scope.tenant().value())
                .param("client", client(scope))
                .param("port", port)
                .update();
    }

    /** What that very scope is bound to, whatever else would serve it. */
    Optional<Binding> own(TenantScope scope, String port) {
        return jdbc.sql("""
                        SELECT connection_id, settings FROM patchbay.binding
                        WHERE tenant_id = :tenant AND client_id = :client AND port = :port""")
                .param("tenant", scope.tenant().value())
                .param("client", client(scope))
                .param("port", port)
                .query(BindingRepository::binding)
                .optional();
    }

    private static Binding binding(ResultSet row, int number) throws SQLException {
        return new Binding(row.getString("connection_id"), Json.read(row.getString("settings")));
    }

    /** The client's own, else the tenant's. */
    Optional<Binding> find(TenantScope scope, String port) {
        return jdbc.sql("""
                        SELECT connection_id, settings FROM patchbay.binding
                        WHERE tenant_id = :tenant AND client_id IN (:client, '') AND port = :port
                        ORDER BY client_id DESC LIMIT 1""")
                .param("tenant", scope.tenant().value())
                .param("client", client(scope))
                .param("port", port)
                .query(BindingRepository::binding)
                .optional();
    }

    Set<ClientId> unbound(TenantId tenant, Set<ClientId> clients, String port) {
        return jdbc.sql("""
                        SELECT c.client_id FROM patchbay.client c
                        WHERE c.tenant_id = :tenant AND c.client_id = ANY (:clients) AND NOT EXISTS (
                          SELECT FROM patchbay.binding b
                          WHERE b.tenant_id = :tenant AND b.client_id IN (c.client_id, '') AND b.port = :port)""")
                .param("tenant", tenant.value())
                .param("clients", clients.stream().map(ClientId::value).toArray(String[]::new))
                .param("port", port)
                .query((row, number) -> new ClientId(row.getString("client_id")))
                .set();
    }

    /** For each port, the clients whom the connection serves: by a binding of their own, or by the tenant's. */
    Map<String, Set<ClientId>> served(TenantId tenant, String connectionId) {
        var served = new TreeMap<String, Set<ClientId>>();
        jdbc.sql("""
                        SELECT DISTINCT b.port, c.client_id FROM patchbay.binding b
                        JOIN patchbay.client c ON c.tenant_id = b.tenant_id AND (b.client_id = c.client_id
                          OR b.client_id = '' AND NOT EXISTS (
                            SELECT FROM patchbay.binding own
                            WHERE own.tenant_id = :tenant AND own.client_id = c.client_id AND own.port = b.port))
                        WHERE b.tenant_id = :tenant AND b.connection_id = :connection ORDER BY b.port, c.client_id""")
                .param("tenant", tenant.value())
                .param("connection", connectionId)
                .query(row -> {
                    served.computeIfAbsent(row.getString("port"), port -> new LinkedHashSet<>())
                            .add(new ClientId(row.getString("client_id")));
                });
        return served;
    }

    void route(TenantId tenant, String connectionId, String kind, String externalId, ClientId client) {
        jdbc.sql("""
                        INSERT INTO patchbay.route (tenant_id, connection_id, kind, external_id, client_id)
                        VALUES (:tenant, :connection, :kind, :external, :client)
                        ON CONFLICT (tenant_id, connection_id, kind, external_id) DO UPDATE
                        SET client_id = excluded.client_id""")
                .param("tenant", tenant.value())
                .param("connection", connectionId)
                .param("kind", kind)
                .param("external", externalId)
                .param("client", client.value())
                .update();
    }

    Optional<ClientId> findRoute(TenantId tenant, String connectionId, String kind, String externalId) {
        return jdbc.sql("""
                        SELECT client_id FROM patchbay.route
                        WHERE tenant_id = :tenant AND connection_id = :connection
                          AND kind = :kind AND external_id = :external""")
                .param("tenant", tenant.value())
                .param("connection", connectionId)
                .param("kind", kind)
                .param("external", externalId)
                .query(String.class)
                .optional()
                .map(ClientId::new);
    }

    void unroute(TenantId tenant, String connectionId, String kind, String externalId) {
        jdbc.sql("""
                        DELETE FROM patchbay.route
                        WHERE tenant_id = :tenant AND connection_id = :connection
                          AND kind = :kind AND external_id = :external""")
                .param("tenant", tenant.value())
                .param("connection", connectionId)
                .param("kind", kind)
                .param("external", externalId)
                .update();
    }

    private static String client(TenantScope scope) {
        return scope.client().map(ClientId::value).orElse(EVERY_CLIENT);
    }
}
