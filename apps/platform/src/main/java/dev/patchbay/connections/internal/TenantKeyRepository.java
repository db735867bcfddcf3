package dev.patchbay.connections.internal;

import dev.patchbay.kernel.TenantId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Stores each tenant's wrapped data keys; within the tenant's transaction unless a method says otherwise. */
@Component
final class TenantKeyRepository {

    private final JdbcClient jdbc;

    TenantKeyRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param bytes a Tink keyset, encrypted
     * @param kekId the id of the key-encryption key that wraps it
     */
    record WrappedKeys(byte[] bytes, int kekId) {}

    Optional<byte[]> find(TenantId tenant) {
        return read(tenant, "");
    }

    /** Locks the row until the transaction ends. */
    Optional<byte[]> lock(TenantId tenant) {
        return read(tenant, " FOR UPDATE");
    }

    private Optional<byte[]> read(TenantId tenant, String lockClause) {
        return jdbc.sql("SELECT wrapped FROM patchbay.tenant_key WHERE tenant_id = :tenant" + lockClause)
                .param("tenant", tenant.value())
                .query(byte[].class)
                .optional();
    }

    /** Of simultaneous inserts, the later ones wait for the first and change nothing. */
    void insertIfAbsent(TenantId tenant, WrappedKeys keys) {
        write(tenant, keys, """
                INSERT INTO patchbay.tenant_key (tenant_id, wrapped, kek_id) VALUES (:tenant, :wrapped, :kek)
                ON CONFLICT DO NOTHING""");
    }

    /** Stores the same data keys, wrapped by another key-encryption key. */
    void updateWrapping(TenantId tenant, WrappedKeys keys) {
        write(tenant, keys, """
                UPDATE patchbay.tenant_key SET wrapped = :wrapped, kek_id = :kek WHERE tenant_id = :tenant""");
    }

    /** Stores data keys with a new primary one. */
    void updateRotated(TenantId tenant, WrappedKeys keys) {
        write(tenant, keys, """
                UPDATE patchbay.tenant_key SET wrapped = :wrapped, kek_id = :kek, rotated_at = clock_timestamp()
                WHERE tenant_id = :tenant""");
    }

    private void write(TenantId tenant, WrappedKeys keys, String statement) {
        jdbc.sql(statement)
                .param("tenant", tenant.value())
                .param("wrapped", keys.bytes())
                .param("kek", keys.kekId())
                .update();
    }

    boolean isRotatedBefore(TenantId tenant, Duration age) {
        return jdbc.sql("""
                        SELECT rotated_at < clock_timestamp() - :age * interval '1 second' FROM patchbay.tenant_key
                        WHERE tenant_id = :tenant""")
                .param("age", age.toSeconds())
                .param("tenant", tenant.value())
                .query(Boolean.class)
                .single();
    }

    /** The tenants whose data keys are wrapped by another key-encryption key; through a definer function. */
    List<TenantId> findToRewrap(int kekId) {
        return jdbc.sql("SELECT tenant_id FROM patchbay.tenants_to_rewrap(:kek)")
                .param("kek", kekId)
                .query((row, number) -> new TenantId(row.getString("tenant_id")))
                .list();
    }
}
