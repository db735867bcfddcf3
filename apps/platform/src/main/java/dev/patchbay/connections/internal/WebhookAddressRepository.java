package dev.patchbay.connections.internal;

import dev.patchbay.connections.WebhookEndpoint;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.Secret;
import dev.patchbay.kernel.TenantId;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Stores webhook addresses as digests of their random keys; within the tenant's transaction unless a method says otherwise. */
@Component
final class WebhookAddressRepository {

    private final JdbcClient jdbc;

    WebhookAddressRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Replaces the address; the present one becomes the previous one. */
    void move(TenantId tenant, ConnectionId connectionId, String newKey) {
        jdbc.sql("""
                        UPDATE patchbay.connection
                        SET previous_ingress_key_hash = ingress_key_hash, ingress_key_hash = :hash
                        WHERE tenant_id = :tenant AND connection_id = :connection""")
                .param("hash", Secret.hash(newKey))
                .param("tenant", tenant.value())
                .param("connection", connectionId.value())
                .update();
    }

    void retirePrevious(TenantId tenant, ConnectionId connectionId) {
        jdbc.sql("""
                        UPDATE patchbay.connection SET previous_ingress_key_hash = NULL
                        WHERE tenant_id = :tenant AND connection_id = :connection""")
                .param("tenant", tenant.value())
                .param("connection", connectionId.value())
                .update();
    }

    boolean isPreviousAccepted(TenantId tenant, ConnectionId connectionId) {
        return jdbc.sql("""
                        SELECT previous_ingress_key_hash IS NOT NULL FROM patchbay.connection
                        WHERE tenant_id = :tenant AND connection_id = :connection""")
                .param("tenant", tenant.value())
                .param("connection", connectionId.value())
                .query(Boolean.class)
                .single();
    }

    /** Every accepted address of every tenant, by {@link #lookupKey}; through a definer function, for no tenant is known yet. */
    Map<String, WebhookEndpoint> findAll() {
        var endpoints = new HashMap<String, WebhookEndpoint>();
        jdbc.sql("SELECT provider, hash, tenant_id, connection_id FROM patchbay.ingress_addresses()")
                .query(row -> {
                    endpoints.put(
                            lookupKey(row.getString("provider"), row.getBytes("hash")),
                            ConnectionRepository.readEndpoint(row));
                });
        return endpoints;
    }

    /** @param hash the SHA-256 of the address's random key */
    static String lookupKey(String provider, byte[] hash) {
        return provider + "/" + HexFormat.of().formatHex(hash);
    }
}
