package dev.patchbay.connections.internal;

import dev.patchbay.connections.Account;
import dev.patchbay.connections.ConnectionState;
import dev.patchbay.connections.NewConnection;
import dev.patchbay.connections.WebhookEndpoint;
import dev.patchbay.kernel.Hashing;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** The rows of connections and their secrets; within the tenant's transaction. */
@Component
final class ConnectionRepository {

    static final String ACCESS_TOKEN = "access_token";
    static final String REFRESH_TOKEN = "refresh_token";
    /** The key of the webhook address, kept so that the address can be shown. */
    static final String INGRESS_KEY = "ingress_key";

    /** Ends the name of a secret that is accepted beside the one it will replace, or has replaced. */
    static final String NEXT = ".next";

    /** Kept among the secrets, though no person set them. */
    static final String[] HIDDEN = {INGRESS_KEY, ACCESS_TOKEN};

    private final JdbcClient jdbc;
    private final Vault vault;

    ConnectionRepository(JdbcClient jdbc, Vault vault) {
        this.jdbc = jdbc;
        this.vault = vault;
    }

    /**
     * @param unhealthy why it cannot be used
     * @param tokenUntil when its access token ends
     * @param renewing since when a renewal is under way, or how it ended is not known
     */
    record Stored(
            Account account, Optional<String> unhealthy, Optional<Instant> tokenUntil, Optional<Instant> renewing) {}

    /** A row before its secrets are opened. */
    private record Row(
            String provider,
            URI baseUrl,
            JsonNode settings,
            @Nullable String unhealthy,
            @Nullable Timestamp renewing) {}

    void put(TenantId tenant, NewConnection connection) {
        jdbc.sql("""
                        INSERT INTO patchbay.connection
                          (tenant_id, connection_id, provider, name, base_url, settings, ingress_key_hash)
                        VALUES (:tenant, :connection, :provider, :name, :url, :settings::jsonb, :hash)
                        ON CONFLICT (tenant_id, connection_id) DO UPDATE
                        SET provider = excluded.provider, name = excluded.name, base_url = excluded.base_url,
                            settings = excluded.settings, ingress_key_hash = excluded.ingress_key_hash""")
                .param("tenant", tenant.value())
                .param("connection", connection.id())
                .param("provider", connection.provider())
                .param("name", connection.name())
                .param("url", connection.baseUrl().toString())
                .param("settings", Json.write(connection.settings()))
                .param(
                        "hash",
                        connection.ingressKey().map(ConnectionRepository::hash).orElse(null))
                .update();
        Vault.DataKey dataKey = vault.of(tenant);
        var secrets = new HashMap<>(connection.secrets());
        connection.ingressKey().ifPresent(address -> secrets.put(INGRESS_KEY, address));
        secrets.forEach((name, secret) -> jdbc.sql("""
                        INSERT INTO patchbay.secret (tenant_id, connection_id, name, sealed)
                        VALUES (:tenant, :connection, :name, :sealed) ON CONFLICT DO NOTHING""")
                .param("tenant", tenant.value())
                .param("connection", connection.id())
                .param("name", name)
                .param("sealed", dataKey.seal(connection.id(), name, secret))
                .update());
    }

    void putSecret(TenantId tenant, String connectionId, String name, String secret, @Nullable Instant expiresAt) {
        jdbc.sql("""
                        INSERT INTO patchbay.secret (tenant_id, connection_id, name, sealed, expires_at)
                        VALUES (:tenant, :connection, :name, :sealed, :expires)
                        ON CONFLICT (tenant_id, connection_id, name) DO UPDATE
                        SET sealed = excluded.sealed, expires_at = excluded.expires_at, set_at = clock_timestamp()""")
                .param("tenant", tenant.value())
                .param("connection", connectionId)
                .param("name", name)
                .param("sealed", vault.of(tenant).seal(connectionId, name, secret))
                .param("expires", expiresAt == null ? null : expiresAt.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Reads the connection and holds its row until the transaction ends: one refresh at a time, on any node. */
    Stored lock(TenantId tenant, String connectionId) {
        return read(tenant, connectionId, " FOR UPDATE")
                .orElseThrow(() -> new NoSuchElementException("there is no connection " + connectionId));
    }

    Optional<Stored> find(TenantId tenant, String connectionId) {
        return read(tenant, connectionId, "");
    }

    private Optional<Stored> read(TenantId tenant, String connectionId, String lock) {
        return jdbc.sql("""
                        SELECT provider, base_url, settings, unhealthy, refresh_begun_at FROM patchbay.connection
                        WHERE tenant_id = :tenant AND connection_id = :connection""" + lock)
                .param("tenant", tenant.value())
                .param("connection", connectionId)
                .query((row, number) -> row(row))
                .optional()
                .map(row -> open(tenant, connectionId, row));
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getString("provider"),
                URI.create(row.getString("base_url")),
                Json.read(row.getString("settings")),
                row.getString("unhealthy"),
                row.getTimestamp("refresh_begun_at"));
    }

    private Stored open(TenantId tenant, String connectionId, Row row) {
        record Sealed(String name, byte[] bytes, Instant until) {}
        List<Sealed> rest = jdbc.sql("""
                        SELECT name, sealed, coalesce(expires_at, 'infinity') AS expires_at FROM patchbay.secret
                        WHERE tenant_id = :tenant AND connection_id = :connection""")
                .param("tenant", tenant.value())
                .param("connection", connectionId)
                .query((secret, number) -> new Sealed(
                        secret.getString("name"),
                        secret.getBytes("sealed"),
                        secret.getTimestamp("expires_at").toInstant()))
                .list();
        // Read after what it opens: a key that was new a moment ago is among them.
        Vault.DataKey dataKey = vault.of(tenant);
        var secrets = new HashMap<String, String>();
        var expiries = new HashMap<String, Instant>();
        for (Sealed secret : rest) {
            secrets.put(secret.name(), dataKey.open(connectionId, secret.name(), secret.bytes()));
            expiries.put(secret.name(), secret.until());
        }
        return new Stored(
                new Account(connectionId, tenant, row.provider(), row.baseUrl(), row.settings(), secrets),
                Optional.ofNullable(row.unhealthy()),
                Optional.ofNullable(expiries.get(ACCESS_TOKEN)),
                Optional.ofNullable(row.renewing()).map(Timestamp::toInstant));
    }

    /**
     * Brings the connection into that state, when it may follow the present one.
     *
     * @param sentence why it cannot be used, in the states in which it cannot
     */
    boolean move(TenantId tenant, String connectionId, ConnectionState to, @Nullable String sentence) {
        return jdbc.sql("""
                        UPDATE patchbay.connection SET unhealthy = :sentence, state = :to, test_note = NULL,
                          refresh_begun_at = CASE WHEN :to = 'TESTING' THEN NULL ELSE refresh_begun_at END,
                          state_since = CASE WHEN state = :to AND state <> 'TESTING' THEN state_since
                                             ELSE clock_timestamp() END
                        WHERE tenant_id = :tenant AND connection_id = :connection AND state = ANY (:from)""")
                        .param("sentence", sentence)
                        .param("to", to.name())
                        .param("from", to.predecessorNames())
                        .param("tenant", tenant.value())
                        .param("connection", connectionId)
                        .update()
                == 1;
    }

    /** Since when a renewal is under way or its end not known; null when that is settled. */
    void renewing(TenantId tenant, String connectionId, @Nullable Instant since) {
        jdbc.sql("""
                        UPDATE patchbay.connection SET refresh_begun_at = :since
                        WHERE tenant_id = :tenant AND connection_id = :connection""")
                .param("since", since == null ? null : since.atOffset(ZoneOffset.UTC))
                .param("tenant", tenant.value())
                .param("connection", connectionId)
                .update();
    }

    void describe(TenantId tenant, String connectionId, String name, JsonNode settings) {
        jdbc.sql("""
                        UPDATE patchbay.connection SET name = :name, settings = :settings::jsonb
                        WHERE tenant_id = :tenant AND connection_id = :connection""")
                .param("name", name)
                .param("settings", Json.write(settings))
                .param("tenant", tenant.value())
                .param("connection", connectionId)
                .update();
    }

    Optional<String> secret(TenantId tenant, String connectionId, String name) {
        return find(tenant, connectionId)
                .map(stored -> stored.account().secrets().get(name));
    }

    void forgetSecrets(TenantId tenant, String connectionId, String... names) {
        jdbc.sql("""
                        DELETE FROM patchbay.secret
                        WHERE tenant_id = :tenant AND connection_id = :connection AND name = ANY (:names)""")
                .param("tenant", tenant.value())
                .param("connection", connectionId)
                .param("names", names)
                .update();
    }

    /** Through a door, for no tenant is known yet; by {@link WebhookAddressCache#name}. */
    Map<String, WebhookEndpoint> ingressAddresses() {
        var addresses = new HashMap<String, WebhookEndpoint>();
        jdbc.sql("SELECT provider, hash, tenant_id, connection_id FROM patchbay.ingress_addresses()")
                .query(row -> {
                    addresses.put(
                            WebhookAddressCache.name(row.getString("provider"), row.getBytes("hash")),
                            new WebhookEndpoint(
                                    new TenantId(row.getString("tenant_id")), row.getString("connection_id")));
                });
        return addresses;
    }

    /** Through a door: of every tenant. */
    List<WebhookEndpoint> usable(String provider) {
        return jdbc.sql("SELECT tenant_id, connection_id FROM patchbay.usable_connections(:provider)")
                .param("provider", provider)
                .query((row, number) ->
                        new WebhookEndpoint(new TenantId(row.getString("tenant_id")), row.getString("connection_id")))
                .list();
    }

    static byte[] hash(String key) {
        return Hashing.sha256(Hashing.utf8(key));
    }
}
