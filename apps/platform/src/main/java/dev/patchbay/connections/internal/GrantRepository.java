package dev.patchbay.connections.internal;

import dev.patchbay.connections.spi.AuthorizationCodeGrant.GrantedAccess;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import java.net.URI;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Stores which account at the provider a connection belongs to; within the tenant's transaction. */
@Component
final class GrantRepository {

    private final JdbcClient jdbc;

    GrantRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Locks the account until the transaction ends: simultaneous grants to the same account follow each other. */
    void lockAccount(TenantId tenant, String provider, String account) {
        jdbc.sql("SELECT 1 FROM pg_advisory_xact_lock(hashtextextended(:lockName, 0))")
                .param("lockName", tenant + "/" + provider + "/" + account)
                .query(Integer.class)
                .single();
    }

    /** The connection of the account. A connection whose credentials were entered by hand is recognised by its settings. */
    Optional<ConnectionId> findConnection(TenantId tenant, String provider, URI baseUrl, GrantedAccess access) {
        return jdbc.sql("""
                        SELECT connection_id FROM patchbay.connection
                        WHERE tenant_id = :tenant AND provider = :provider AND base_url = :base
                          AND (account = :account
                            OR account IS NULL AND settings @> :settings::jsonb AND :settings::jsonb <> '{}')
                        ORDER BY account IS NULL, state = 'DISCONNECTED', connection_id LIMIT 1""")
                .param("tenant", tenant.value())
                .param("provider", provider)
                .param("base", baseUrl.toString())
                .param("account", access.account())
                .param("settings", Json.write(access.settings()))
                .query(String.class)
                .optional()
                .map(ConnectionId::new);
    }

    void setAccount(TenantId tenant, ConnectionId connectionId, String account) {
        jdbc.sql("""
                        UPDATE patchbay.connection SET account = :account
                        WHERE tenant_id = :tenant AND connection_id = :connection""")
                .param("account", account)
                .param("tenant", tenant.value())
                .param("connection", connectionId.value())
                .update();
    }
}
