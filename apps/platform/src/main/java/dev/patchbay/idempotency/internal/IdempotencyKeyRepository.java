package dev.patchbay.idempotency.internal;

import dev.patchbay.connections.Sealing;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code idempotency_key}. Only the database's clock decides how old a key is. */
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

    /** @param subject whose it is: two tokens never meet on one key */
    record OwnKey(TenantId tenant, String subject, String text) {

        private String place() {
            return "idempotency/" + subject + "/" + text;
        }
    }

    /** An answer that can be given again. */
    record Answer(int status, @Nullable String contentType, byte[] body) {}

    /** What a key says to a request. */
    sealed interface Standing {

        /** Nobody asked before: carry it out, and say under this token what came of it. */
        record Mine(UUID token) implements Standing {}

        /** It was carried out; this was the answer. */
        record Answered(Answer answer) implements Standing {}

        /** It is being carried out, or was until its process died. */
        record UnderWay() implements Standing {}

        /** It came with another request. */
        record Differs() implements Standing {}

        /** It was carried out, and the answer was not kept. */
        record Unrepeatable() implements Standing {}
    }

    Standing claim(OwnKey key, byte[] digest) {
        return tenancy.inTenant(key.tenant(), () -> insert(key, digest).orElseGet(() -> read(key, digest)));
    }

    private Optional<Standing> insert(OwnKey key, byte[] digest) {
        return jdbc.sql("""
                        INSERT INTO patchbay.idempotency_key AS known (tenant_id, subject, key, digest, state, token, lease_until)
                        VALUES (:tenant, :subject, :key, :digest, 'open', :token, clock_timestamp() + :lease * interval '1 ms')
                        ON CONFLICT (tenant_id, subject, key) DO UPDATE
                        SET digest = excluded.digest, state = 'open', token = excluded.token, lease_until = excluded.lease_until,
                          status = NULL, content_type = NULL, sealed = NULL, created_at = clock_timestamp()
                        WHERE known.created_at < clock_timestamp() - :keep * interval '1 ms'
                          OR known.state = 'open' AND known.lease_until < clock_timestamp() AND known.digest = excluded.digest
                        RETURNING token""")
                .param("tenant", key.tenant().value())
                .param("subject", key.subject())
                .param("key", key.text())
                .param("digest", digest)
                .param("token", UUID.randomUUID())
                .param("lease", settings.lease().toMillis())
                .param("keep", settings.keep().toMillis())
                .query((row, number) -> (Standing) new Standing.Mine(row.getObject("token", UUID.class)))
                .optional();
    }

    /** A key that was released in between is under way: its sender comes again. */
    private Standing read(OwnKey key, byte[] digest) {
        return jdbc.sql("""
                        SELECT digest = :digest AS same, state, status, content_type, sealed FROM patchbay.idempotency_key
                        WHERE tenant_id = :tenant AND subject = :subject AND key = :key""")
                .param("digest", digest)
                .param("tenant", key.tenant().value())
                .param("subject", key.subject())
                .param("key", key.text())
                .query((row, number) -> standing(key, row))
                .optional()
                .orElseGet(Standing.UnderWay::new);
    }

    private Standing standing(OwnKey key, ResultSet row) throws SQLException {
        if (!row.getBoolean("same")) {
            return new Standing.Differs();
        }
        return switch (row.getString("state")) {
            case "open" -> new Standing.UnderWay();
            case "answered" ->
                new Standing.Answered(new Answer(
                        row.getInt("status"),
                        row.getString("content_type"),
                        sealing.open(key.tenant(), key.place(), row.getBytes("sealed"))));
            default -> new Standing.Unrepeatable();
        };
    }

    /** This is the answer from now on, unless another carries the request out by now. */
    void answered(OwnKey key, UUID token, Answer answer) {
        byte[] sealed = sealing.seal(key.tenant(), key.place(), answer.body());
        settle(key, token, """
                UPDATE patchbay.idempotency_key
                SET state = 'answered', status = :status, content_type = :type, sealed = :sealed""", answer, sealed);
    }

    /** It was carried out, and its answer must not be kept. */
    void unrepeatable(OwnKey key, UUID token) {
        settle(key, token, "UPDATE patchbay.idempotency_key SET state = 'unrepeatable'", null, null);
    }

    /** It was not carried out: the next request with this key is the first. */
    void released(OwnKey key, UUID token) {
        settle(key, token, "DELETE FROM patchbay.idempotency_key", null, null);
    }

    private void settle(OwnKey key, UUID token, String statement, @Nullable Answer answer, byte @Nullable [] sealed) {
        tenancy.inTenant(
                key.tenant(),
                () -> jdbc.sql(statement
                                + " WHERE tenant_id = :tenant AND subject = :subject AND key = :key AND token = :token")
                        .param("status", answer == null ? null : answer.status())
                        .param("type", answer == null ? null : answer.contentType())
                        .param("sealed", sealed)
                        .param("tenant", key.tenant().value())
                        .param("subject", key.subject())
                        .param("key", key.text())
                        .param("token", token)
                        .update());
    }

    /** Removes keys older than that, whosever they are; answers how many. */
    long prune(Duration older, int most) {
        return tenancy.throughDoor(
                () -> jdbc.sql("SELECT patchbay.prune_idempotency_keys(:older * interval '1 ms', :most)")
                        .param("older", older.toMillis())
                        .param("most", most)
                        .query(Long.class)
                        .single());
    }
}
