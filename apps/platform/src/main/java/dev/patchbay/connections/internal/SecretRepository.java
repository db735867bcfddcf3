package dev.patchbay.connections.internal;

import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.TenantId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Stores the secrets of connections, each sealed with the tenant's data key; within the tenant's transaction. */
@Component
final class SecretRepository {

    private final JdbcClient jdbc;
    private final Vault vault;

    SecretRepository(JdbcClient jdbc, Vault vault) {
        this.jdbc = jdbc;
        this.vault = vault;
    }

    /** @param accessTokenExpiresAt empty when there is no access token */
    record OpenedSecrets(Map<String, String> byName, Optional<Instant> accessTokenExpiresAt) {

        @Override
        public String toString() {
            return "OpenedSecrets" + byName.keySet();
        }
    }

    /** Stores the secrets that are not stored yet; the others stay as they are. */
    void insertMissing(TenantId tenant, ConnectionId connectionId, Map<String, String> secrets) {
        DataKey key = vault.unwrapKey(tenant);
        secrets.forEach((name, secret) -> jdbc.sql("""
                        INSERT INTO patchbay.secret (tenant_id, connection_id, name, sealed)
                        VALUES (:tenant, :connection, :name, :sealed) ON CONFLICT DO NOTHING""")
                .param("tenant", tenant.value())
                .param("connection", connectionId.value())
                .param("name", name)
                .param("sealed", key.seal(connectionId, name, secret))
                .update());
    }

    void put(TenantId tenant, ConnectionId connectionId, String name, String secret) {
        put(tenant, connectionId, name, secret, null);
    }

    void put(TenantId tenant, ConnectionId connectionId, String name, String secret, @Nullable Instant expiresAt) {
        jdbc.sql("""
                        INSERT INTO patchbay.secret (tenant_id, connection_id, name, sealed, expires_at)
                        VALUES (:tenant, :connection, :name, :sealed, :expires)
                        ON CONFLICT (tenant_id, connection_id, name) DO UPDATE
                        SET sealed = excluded.sealed, expires_at = excluded.expires_at, set_at = clock_timestamp()""")
                .param("tenant", tenant.value())
                .param("connection", connectionId.value())
                .param("name", name)
                .param("sealed", vault.unwrapKey(tenant).seal(connectionId, name, secret))
                .param("expires", expiresAt == null ? null : expiresAt.atOffset(ZoneOffset.UTC))
                .update();
    }

    Optional<String> find(TenantId tenant, ConnectionId connectionId, String name) {
        return Optional.ofNullable(openAll(tenant, connectionId).byName().get(name));
    }

    OpenedSecrets openAll(TenantId tenant, ConnectionId connectionId) {
        record Sealed(String name, byte[] bytes, Instant expiresAt) {}
        List<Sealed> rows = jdbc.sql("""
                        SELECT name, sealed, coalesce(expires_at, 'infinity') AS expires_at FROM patchbay.secret
                        WHERE tenant_id = :tenant AND connection_id = :connection""")
                .param("tenant", tenant.value())
                .param("connection", connectionId.value())
                .query((row, number) -> new Sealed(
                        row.getString("name"),
                        row.getBytes("sealed"),
                        row.getTimestamp("expires_at").toInstant()))
                .list();
        // The key is read after the secrets, so a key that sealed one of them a moment ago is among its keys.
        DataKey key = vault.unwrapKey(tenant);
        var secrets = new HashMap<String, String>();
        var expiries = new HashMap<String, Instant>();
        for (Sealed row : rows) {
            secrets.put(row.name(), key.open(connectionId, row.name(), row.bytes()));
            expiries.put(row.name(), row.expiresAt());
        }
        return new OpenedSecrets(secrets, Optional.ofNullable(expiries.get(SecretNames.ACCESS_TOKEN)));
    }

    void delete(TenantId tenant, ConnectionId connectionId, String... names) {
        jdbc.sql("""
                        DELETE FROM patchbay.secret
                        WHERE tenant_id = :tenant AND connection_id = :connection AND name = ANY (:names)""")
                .param("tenant", tenant.value())
                .param("connection", connectionId.value())
                .param("names", names)
                .update();
    }

    /** Seals all of a tenant's secrets with another data key. */
    void resealAll(TenantId tenant, DataKey before, DataKey after) {
        record Sealed(ConnectionId connectionId, String name, byte[] bytes) {}
        // Every writer of several secrets takes them in this order; otherwise two writers could deadlock.
        jdbc.sql("""
                        SELECT connection_id, name, sealed FROM patchbay.secret
                        WHERE tenant_id = :tenant ORDER BY connection_id, name FOR UPDATE""")
                .param("tenant", tenant.value())
                .query((row, number) -> new Sealed(
                        new ConnectionId(row.getString("connection_id")),
                        row.getString("name"),
                        row.getBytes("sealed")))
                .list()
                .forEach(row -> jdbc.sql("""
                        UPDATE patchbay.secret SET sealed = :sealed
                        WHERE tenant_id = :tenant AND connection_id = :connection AND name = :name""")
                        .param("tenant", tenant.value())
                        .param("connection", row.connectionId().value())
                        .param("name", row.name())
                        .param(
                                "sealed",
                                after.seal(
                                        row.connectionId(),
                                        row.name(),
                                        before.open(row.connectionId(), row.name(), row.bytes())))
                        .update());
    }
}
