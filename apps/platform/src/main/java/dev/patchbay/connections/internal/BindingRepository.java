package dev.patchbay.connections.internal;

import dev.patchbay.connections.PortBindings.BindingView;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Stores which connection serves a port for a client, within the tenant's transaction. */
@Component
final class BindingRepository {

    /** The tenant's binding, which serves every client without a binding of its own, has this client id. */
    private static final String EVERY_CLIENT = "";

    private final JdbcClient jdbc;

    BindingRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    record Binding(ConnectionId connectionId, JsonNode settings) {}

    void bind(TenantScope scope, String port, ConnectionId connectionId, JsonNode settings) {
        jdbc.sql("""
                        INSERT INTO patchbay.binding (tenant_id, client_id, port, connection_id, settings)
                        VALUES (:tenant, :client, :port, :connection, :settings::jsonb)
                        ON CONFLICT (tenant_id, client_id, port) DO UPDATE
                        SET connection_id = excluded.connection_id, settings = excluded.settings""")
                .param("tenant", scope.tenant().value())
                .param("client", clientId(scope))
                .param("port", port)
                .param("connection", connectionId.value())
                .param("settings", Json.write(settings))
                .update();
    }

    void unbind(TenantScope scope, String port) {
        jdbc.sql("""
                        DELETE FROM patchbay.binding
                        WHERE tenant_id = :tenant AND client_id = :client AND port = :port""")
                .param("tenant", scope.tenant().value())
                .param("client", clientId(scope))
                .param("port", port)
                .update();
    }

    /** Returns the bindings of the scope's clients and of the tenant after that client and port, sorted by both. */
    List<BindingView> list(TenantScope scope, String afterClient, String afterPort, int limit) {
        return jdbc.sql("""
                        SELECT nullif(client_id, '') AS client_id, port, connection_id, settings FROM patchbay.binding
                        WHERE tenant_id = :tenant
                          AND (:scoped::text[] IS NULL OR client_id = '' OR client_id = ANY (:scoped))
                          AND (binding.client_id, port) > (:afterClient, :afterPort)
                        ORDER BY binding.client_id, port LIMIT :limit""")
                .param("tenant", scope.tenant().value())
                .param("afterClient", afterClient)
                .param("afterPort", afterPort)
                .param("limit", limit)
                .param("scoped", scope.scoped())
                .query((row, number) -> new BindingView(
                        row.getString("client_id"),
                        row.getString("port"),
                        new ConnectionId(row.getString("connection_id")),
                        Json.read(row.getString("settings"))))
                .list();
    }

    /**
     * Returns the binding of exactly that scope. A client without its own binding has none here, although the tenant's binding
     * serves it.
     */
    Optional<Binding> findExact(TenantScope scope, String port) {
        return jdbc.sql("""
                        SELECT connection_id, settings FROM patchbay.binding
                        WHERE tenant_id = :tenant AND client_id = :client AND port = :port""")
                .param("tenant", scope.tenant().value())
                .param("client", clientId(scope))
                .param("port", port)
                .query(BindingRepository::readBinding)
                .optional();
    }

    private static Binding readBinding(ResultSet row, int number) throws SQLException {
        return new Binding(new ConnectionId(row.getString("connection_id")), Json.read(row.getString("settings")));
    }

    /** Returns the binding that serves the scope: the client's own, or else the tenant's. */
    Optional<Binding> findEffective(TenantScope scope, String port) {
        return jdbc.sql("""
                        SELECT connection_id, settings FROM patchbay.binding
                        WHERE tenant_id = :tenant AND client_id IN (:client, '') AND port = :port
                        ORDER BY client_id DESC LIMIT 1""")
                .param("tenant", scope.tenant().value())
                .param("client", clientId(scope))
                .param("port", port)
                .query(BindingRepository::readBinding)
                .optional();
    }

    Set<ClientId> findClientsWithoutBinding(TenantId tenant, Set<ClientId> clients, String port) {
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

    /** Returns the clients that the connection serves, by port, through a binding of their own or through the tenant's. */
    Map<String, Set<ClientId>> findServedClients(TenantId tenant, ConnectionId connectionId) {
        var clientsByPort = new TreeMap<String, Set<ClientId>>();
        jdbc.sql("""
                        SELECT DISTINCT b.port, c.client_id FROM patchbay.binding b
                        JOIN patchbay.client c ON c.tenant_id = b.tenant_id AND (b.client_id = c.client_id
                          OR b.client_id = '' AND NOT EXISTS (
                            SELECT FROM patchbay.binding own
                            WHERE own.tenant_id = :tenant AND own.client_id = c.client_id AND own.port = b.port))
                        WHERE b.tenant_id = :tenant AND b.connection_id = :connection ORDER BY b.port, c.client_id""")
                .param("tenant", tenant.value())
                .param("connection", connectionId.value())
                .query(row -> {
                    clientsByPort
                            .computeIfAbsent(row.getString("port"), port -> new LinkedHashSet<>())
                            .add(new ClientId(row.getString("client_id")));
                });
        return clientsByPort;
    }

    private static String clientId(TenantScope scope) {
        return scope.client().map(ClientId::value).orElse(EVERY_CLIENT);
    }
}
