package dev.patchbay.notifications.internal.notice;

import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code notice_phone}, in the tenant's transaction. */
@Repository
class PhoneRepository {

    private final JdbcClient jdbc;

    PhoneRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param code sealed; null once the number is confirmed
     * @param codesSent within the hour since {@code codesSince}
     */
    record StoredPhone(
            byte[] number,
            byte @Nullable [] code,
            Optional<Instant> codeExpiresAt,
            int guesses,
            int codesSent,
            Instant codesSince) {

        boolean isConfirmed() {
            return code == null;
        }
    }

    Optional<StoredPhone> find(TenantId tenant, UserId person) {
        return find(tenant, person, "");
    }

    /** As {@link #find}, and locks the row until the transaction ends. */
    Optional<StoredPhone> lock(TenantId tenant, UserId person) {
        return find(tenant, person, " FOR UPDATE");
    }

    private Optional<StoredPhone> find(TenantId tenant, UserId person, String lockClause) {
        return jdbc.sql("SELECT * FROM patchbay.notice_phone WHERE tenant_id = :tenant AND user_id = :user"
                        + lockClause)
                .param("tenant", tenant.value())
                .param("user", person.value())
                .query((row, number) -> read(row))
                .optional();
    }

    void save(TenantId tenant, UserId person, StoredPhone phone) {
        jdbc.sql("""
                        INSERT INTO patchbay.notice_phone (tenant_id, user_id, sealed_number, sealed_code, code_expires_at,
                                                           codes_sent, codes_since)
                        VALUES (:tenant, :user, :number, :code, :expires, :sent, :since)
                        ON CONFLICT (tenant_id, user_id) DO UPDATE
                        SET sealed_number = excluded.sealed_number, sealed_code = excluded.sealed_code, guesses = 0,
                            code_expires_at = excluded.code_expires_at, codes_sent = excluded.codes_sent,
                            codes_since = excluded.codes_since, confirmed_at = NULL""")
                .param("tenant", tenant.value())
                .param("user", person.value())
                .param("number", phone.number())
                .param("code", phone.code())
                .param("expires", phone.codeExpiresAt().orElseThrow().atOffset(ZoneOffset.UTC))
                .param("sent", phone.codesSent())
                .param("since", phone.codesSince().atOffset(ZoneOffset.UTC))
                .update();
    }

    void countGuess(TenantId tenant, UserId person) {
        jdbc.sql("""
                        UPDATE patchbay.notice_phone SET guesses = guesses + 1
                        WHERE tenant_id = :tenant AND user_id = :user""")
                .param("tenant", tenant.value())
                .param("user", person.value())
                .update();
    }

    void confirm(TenantId tenant, UserId person, Instant now) {
        jdbc.sql("""
                        UPDATE patchbay.notice_phone SET sealed_code = NULL, code_expires_at = NULL, confirmed_at = :now
                        WHERE tenant_id = :tenant AND user_id = :user""")
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("tenant", tenant.value())
                .param("user", person.value())
                .update();
    }

    void delete(TenantId tenant, UserId person) {
        jdbc.sql("DELETE FROM patchbay.notice_phone WHERE tenant_id = :tenant AND user_id = :user")
                .param("tenant", tenant.value())
                .param("user", person.value())
                .update();
    }

    private static StoredPhone read(ResultSet row) throws SQLException {
        return new StoredPhone(
                row.getBytes("sealed_number"),
                row.getBytes("sealed_code"),
                Optional.ofNullable(row.getTimestamp("code_expires_at")).map(Timestamp::toInstant),
                row.getInt("guesses"),
                row.getInt("codes_sent"),
                row.getTimestamp("codes_since").toInstant());
    }
}
