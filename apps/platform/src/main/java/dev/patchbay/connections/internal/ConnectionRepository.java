package dev.patchbay.connections.internal;

import dev.patchbay.connections.Account;
import dev.patchbay.connections.ConnectionState;
import dev.patchbay.connections.NewConnection;
import dev.patchbay.connections.WebhookEndpoint;
import dev.patchbay.connections.internal.ConnectionNotices.StateChange;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.Secret;
import dev.patchbay.kernel.TenantId;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Stores connections and moves them between their states; within the tenant's transaction. */
@Component
final class ConnectionRepository {

    private final JdbcClient jdbc;
    private final SecretRepository secrets;
    private final ConnectionNotices notices;

    ConnectionRepository(JdbcClient jdbc, SecretRepository secrets, ConnectionNotices notices) {
        this.jdbc = jdbc;
        this.secrets = secrets;
        this.notices = notices;
    }

    /** A row before its secrets are opened. */
    private record Row(
            String provider,
            URI baseUrl,
            JsonNode settings,
            @Nullable String unusableReason,
            @Nullable Timestamp refreshStartedAt) {}

    /** Inserts or changes the connection; secrets that are already stored stay. */
    void put(TenantId tenant, NewConnection connection) {
        jdbc.sql("""
                        INSERT INTO patchbay.connection
                          (tenant_id, connection_id, provider, name, base_url, settings, ingress_key_hash)
                        VALUES (:tenant, :connection, :provider, :name, :url, :settings::jsonb, :hash)
                        ON CONFLICT (tenant_id, connection_id) DO UPDATE
                        SET provider = excluded.provider, name = excluded.name, base_url = excluded.base_url,
                            settings = excluded.settings, ingress_key_hash = excluded.ingress_key_hash""")
                .param("tenant", tenant.value())
                .param("connection", connection.id().value())
                .param("provider", connection.provider())
                .param("name", connection.name())
                .param("url", connection.baseUrl().toString())
                .param("settings", Json.write(connection.settings()))
                .param("hash", connection.ingressKey().map(Secret::hash).orElse(null))
                .update();
        var all = new HashMap<>(connection.secrets());
        connection.ingressKey().ifPresent(key -> all.put(SecretNames.INGRESS_KEY, key));
        secrets.insertMissing(tenant, connection.id(), all);
    }

    /** Reads the connection and locks its row until the transaction ends: one token refresh at a time, on any process. */
    StoredConnection lock(TenantId tenant, ConnectionId connectionId) {
        return read(tenant, connectionId, " FOR UPDATE")
                .orElseThrow(() -> new NoSuchElementException("there is no connection " + connectionId));
    }

    Optional<StoredConnection> find(TenantId tenant, ConnectionId connectionId) {
        return read(tenant, connectionId, "");
    }

    private Optional<StoredConnection> read(TenantId tenant, ConnectionId connectionId, String lockClause) {
        return jdbc.sql("""
                        SELECT provider, base_url, settings, unhealthy, refresh_begun_at FROM patchbay.connection
                        WHERE tenant_id = :tenant AND connection_id = :connection""" + lockClause)
                .param("tenant", tenant.value())
                .param("connection", connectionId.value())
                .query((row, number) -> readRow(row))
                .optional()
                .map(row -> open(tenant, connectionId, row));
    }

    private static Row readRow(ResultSet row) throws SQLException {
        return new Row(
                row.getString("provider"),
                URI.create(row.getString("base_url")),
                Json.read(row.getString("settings")),
                row.getString("unhealthy"),
                row.getTimestamp("refresh_begun_at"));
    }

    private StoredConnection open(TenantId tenant, ConnectionId connectionId, Row row) {
        SecretRepository.OpenedSecrets opened = secrets.openAll(tenant, connectionId);
        return new StoredConnection(
                new Account(connectionId, tenant, row.provider(), row.baseUrl(), row.settings(), opened.byName()),
                Optional.ofNullable(row.unusableReason()),
                opened.accessTokenExpiresAt(),
                Optional.ofNullable(row.refreshStartedAt()).map(Timestamp::toInstant));
    }

    /** Moves a connection to a state in which it can be used; false when that state may not follow the present one. */
    boolean changeState(TenantId tenant, ConnectionId connectionId, ConnectionState next) {
        return changeState(tenant, connectionId, next, null);
    }

    /**
     * Moves a connection to another state; false when that state may not follow the present one.
     *
     * @param unusableReason why it cannot be used, in the states in which it cannot; null in the others
     */
    boolean changeState(
            TenantId tenant, ConnectionId connectionId, ConnectionState next, @Nullable String unusableReason) {
        var change = jdbc.sql("""
                        WITH before AS (
                          SELECT state FROM patchbay.connection
                          WHERE tenant_id = :tenant AND connection_id = :connection FOR UPDATE)
                        UPDATE patchbay.connection c SET unhealthy = :reason, state = :next, test_note = NULL,
                          refresh_begun_at = CASE WHEN :next = 'TESTING' THEN NULL ELSE c.refresh_begun_at END,
                          state_since = CASE WHEN c.state = :next AND c.state <> 'TESTING' THEN c.state_since
                                             ELSE clock_timestamp() END
                        FROM before
                        WHERE c.tenant_id = :tenant AND c.connection_id = :connection AND c.state = ANY (:predecessors)
                        RETURNING before.state AS before, c.name, c.provider, c.state_since""")
                .param("reason", unusableReason)
                .param("next", next.name())
                .param("predecessors", next.predecessorNames())
                .param("tenant", tenant.value())
                .param("connection", connectionId.value())
                .query((row, number) -> new StateChange(
                        tenant,
                        connectionId,
                        row.getString("name"),
                        row.getString("provider"),
                        ConnectionState.valueOf(row.getString("before")),
                        next,
                        row.getTimestamp("state_since").toInstant(),
                        unusableReason))
                .optional();
        change.ifPresent(notices::publish);
        return change.isPresent();
    }

    /** Records that a token refresh started then and that its result is not known yet. */
    void markRefreshStarted(TenantId tenant, ConnectionId connectionId, Instant startedAt) {
        setRefreshStartedAt(tenant, connectionId, startedAt.atOffset(ZoneOffset.UTC));
    }

    /** Records that no token refresh is open: the result of the last one is known. */
    void clearRefreshStarted(TenantId tenant, ConnectionId connectionId) {
        setRefreshStartedAt(tenant, connectionId, null);
    }

    private void setRefreshStartedAt(TenantId tenant, ConnectionId connectionId, @Nullable OffsetDateTime startedAt) {
        jdbc.sql("""
                        UPDATE patchbay.connection SET refresh_begun_at = :startedAt
                        WHERE tenant_id = :tenant AND connection_id = :connection""")
                .param("startedAt", startedAt)
                .param("tenant", tenant.value())
                .param("connection", connectionId.value())
                .update();
    }

    void updateNameAndSettings(TenantId tenant, ConnectionId connectionId, String name, JsonNode settings) {
        jdbc.sql("""
                        UPDATE patchbay.connection SET name = :name, settings = :settings::jsonb
                        WHERE tenant_id = :tenant AND connection_id = :connection""")
                .param("name", name)
                .param("settings", Json.write(settings))
                .param("tenant", tenant.value())
                .param("connection", connectionId.value())
                .update();
    }

    /** Of every tenant, through a definer function. */
    List<WebhookEndpoint> findUsable(String provider) {
        return jdbc.sql("SELECT tenant_id, connection_id FROM patchbay.usable_connections(:provider)")
                .param("provider", provider)
                .query((row, number) -> readEndpoint(row))
                .list();
    }

    static WebhookEndpoint readEndpoint(ResultSet row) throws SQLException {
        return new WebhookEndpoint(
                new TenantId(row.getString("tenant_id")), new ConnectionId(row.getString("connection_id")));
    }
}
