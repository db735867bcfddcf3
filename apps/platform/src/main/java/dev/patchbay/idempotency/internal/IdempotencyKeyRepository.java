package dev.patchbay.idempotency.internal;

import dev.patchbay.connections.Sealing;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;

/** The table {@code idempotency_key}. Leases and ages are measured by the database's clock. */
@Repository
class IdempotencyKeyRepository {

    private final JdbcClient jdbc;
    private final Tenancy tenancy;
    private final Sealing sealing;
    private final IdempotencySettings settings;

    IdempotencyKeyRepository(JdbcClient jdbc, Tenancy tenancy, Sealing sealing, IdempotencySettings settings) {
        this.jdbc = jdbc;
        this.tenancy = tenancy;
        this.sealing = sealing;
        this.settings = settings;
    }

    /**
     * A key of one caller.
     *
     * @param subject the service token or user: the same value of another subject is another key
     */
    record IdempotencyKey(TenantId tenant, String subject, String value) {

        private String sealingContext() {
            return "idempotency/" + subject + "/" + value;
        }
    }

    /** A response that can be replayed. */
    record StoredResponse(int status, @Nullable String contentType, byte[] body) {}

    /** The result of claiming a key for a request. */
    sealed interface ClaimResult {

        /** The key is new: execute the request, and settle the key with this fencing token. */
        record Acquired(UUID token) implements ClaimResult {}

        /** The request was executed with this response. */
        record Completed(StoredResponse response) implements ClaimResult {}

        /** The request is being executed, or was when its process died. */
        record InProgress() implements ClaimResult {}

        /** The key belongs to another request. */
        record RequestMismatch() implements ClaimResult {}

        /** The request was executed, and its response was not stored. */
        record Unrepeatable() implements ClaimResult {}
    }

    ClaimResult claim(IdempotencyKey key, byte[] digest) {
        return tenancy.inTenant(key.tenant(), () -> insert(key, digest).orElseGet(() -> read(key, digest)));
    }

    private Optional<ClaimResult> insert(IdempotencyKey key, byte[] digest) {
        return jdbc.sql("""
                        INSERT INTO patchbay.idempotency_key AS existing (tenant_id, subject, key, digest, state, token, lease_until)
                        VALUES (:tenant, :subject, :key, :digest, 'open', :token, clock_timestamp() + :lease * interval '1 ms')
                        ON CONFLICT (tenant_id, subject, key) DO UPDATE
                        SET digest = excluded.digest, state = 'open', token = excluded.token, lease_until = excluded.lease_until,
                          status = NULL, content_type = NULL, sealed = NULL, created_at = clock_timestamp()
                        WHERE existing.created_at < clock_timestamp() - :retention * interval '1 ms'
                          OR existing.state = 'open' AND existing.lease_until < clock_timestamp() AND existing.digest = excluded.digest
                        RETURNING token""")
                .param("tenant", key.tenant().value())
                .param("subject", key.subject())
                .param("key", key.value())
                .param("digest", digest)
                .param("token", UUID.randomUUID())
                .param("lease", settings.lease().toMillis())
                .param("retention", settings.retention().toMillis())
                .query((row, number) -> (ClaimResult) new ClaimResult.Acquired(row.getObject("token", UUID.class)))
                .optional();
    }

    /** A key that was released in between counts as in progress: its sender retries. */
    private ClaimResult read(IdempotencyKey key, byte[] digest) {
        return jdbc.sql("""
                        SELECT digest = :digest AS same, state, status, content_type, sealed FROM patchbay.idempotency_key
                        WHERE tenant_id = :tenant AND subject = :subject AND key = :key""")
                .param("digest", digest)
                .param("tenant", key.tenant().value())
                .param("subject", key.subject())
                .param("key", key.value())
                .query((row, number) -> claimResult(key, row))
                .optional()
                .orElseGet(ClaimResult.InProgress::new);
    }

    private ClaimResult claimResult(IdempotencyKey key, ResultSet row) throws SQLException {
        if (!row.getBoolean("same")) {
            return new ClaimResult.RequestMismatch();
        }
        return switch (KeyState.ofColumn(row.getString("state"))) {
            case OPEN -> new ClaimResult.InProgress();
            case ANSWERED ->
                new ClaimResult.Completed(new StoredResponse(
                        row.getInt("status"),
                        row.getString("content_type"),
                        sealing.open(key.tenant(), key.sealingContext(), row.getBytes("sealed"))));
            case UNREPEATABLE -> new ClaimResult.Unrepeatable();
        };
    }

    /** Stores the response; changes nothing when another request has acquired the key since. */
    void complete(IdempotencyKey key, UUID token, StoredResponse response) {
        byte[] sealed = sealing.seal(key.tenant(), key.sealingContext(), response.body());
        settle(
                key,
                token,
                """
                UPDATE patchbay.idempotency_key
                SET state = 'answered', status = :status, content_type = :type, sealed = :sealed
                WHERE tenant_id = :tenant AND subject = :subject AND key = :key AND token = :token""",
                statement -> statement
                        .param("status", response.status())
                        .param("type", response.contentType())
                        .param("sealed", sealed));
    }

    /** Records that the request was executed and that its response must not be stored. */
    void completeUnrepeatably(IdempotencyKey key, UUID token) {
        settle(key, token, """
                UPDATE patchbay.idempotency_key SET state = 'unrepeatable'
                WHERE tenant_id = :tenant AND subject = :subject AND key = :key AND token = :token""", statement -> statement);
    }

    /** Releases the key of a request that was not executed: the next request with this key is the first again. */
    void release(IdempotencyKey key, UUID token) {
        settle(key, token, """
                DELETE FROM patchbay.idempotency_key
                WHERE tenant_id = :tenant AND subject = :subject AND key = :key AND token = :token""", statement -> statement);
    }

    private void settle(IdempotencyKey key, UUID token, String sql, UnaryOperator<StatementSpec> parameters) {
        tenancy.inTenant(
                key.tenant(),
                () -> parameters
                        .apply(jdbc.sql(sql)
                                .param("tenant", key.tenant().value())
                                .param("subject", key.subject())
                                .param("key", key.value())
                                .param("token", token))
                        .update());
    }

    /**
     * Deletes keys of that age, of all tenants; through a definer function.
     *
     * @return the number of keys deleted
     */
    long prune(Duration age, int limit) {
        return tenancy.throughDefinerFunction(
                () -> jdbc.sql("SELECT patchbay.prune_idempotency_keys(:age * interval '1 ms', :limit)")
                        .param("age", age.toMillis())
                        .param("limit", limit)
                        .query(Long.class)
                        .single());
    }
}
