package dev.patchbay.notifications.internal;

import dev.patchbay.kernel.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The rows of mails; within the tenant's transaction, but for {@link #claim}. */
@Component
public class Outbox {

    private final JdbcClient jdbc;

    Outbox(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Where a mail rests, for sealing. */
    public static String place(String id) {
        return "mail/" + id;
    }

    public void insert(TenantId tenant, String id, byte[] sealed, Instant now) {
        jdbc.sql("""
                        INSERT INTO patchbay.mail (tenant_id, mail_id, sealed, created_at, next_at)
                        VALUES (:tenant, :mail, :sealed, :now, :now)""")
                .param("tenant", tenant.value())
                .param("mail", id)
                .param("sealed", sealed)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** @param attempts how often it was tried, this time included */
    record Due(TenantId tenant, String id, int attempts) {}

    /** Through the door: the one that is due longest, which nobody else gets before the lease is over. */
    Optional<Due> claim(Instant now, Duration lease) {
        return jdbc.sql("SELECT tenant_id, mail_id, attempts FROM patchbay.claim_mail(:now, :until)")
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("until", now.plus(lease).atOffset(ZoneOffset.UTC))
                .query((row, number) -> new Due(
                        new TenantId(row.getString("tenant_id")), row.getString("mail_id"), row.getInt("attempts")))
                .optional();
    }

    Optional<byte[]> sealed(TenantId tenant, String id) {
        return jdbc.sql("SELECT sealed FROM patchbay.mail WHERE tenant_id = :tenant AND mail_id = :mail")
                .param("tenant", tenant.value())
                .param("mail", id)
                .query((row, number) -> Optional.ofNullable(row.getBytes("sealed")))
                .single();
    }

    void sent(TenantId tenant, String id, Instant now) {
        jdbc.sql("""
                        UPDATE patchbay.mail SET sent_at = :now, next_at = NULL, sealed = NULL
                        WHERE tenant_id = :tenant AND mail_id = :mail""")
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("tenant", tenant.value())
                .param("mail", id)
                .update();
    }

    /**
     * To be tried again, unless somebody else has it by now.
     *
     * @param at null: never again, and what it said is forgotten
     */
    void again(Due due, @Nullable Instant at) {
        jdbc.sql("""
                        UPDATE patchbay.mail SET next_at = :at, sealed = CASE WHEN :at::timestamptz IS NULL THEN NULL ELSE sealed END
                        WHERE tenant_id = :tenant AND mail_id = :mail AND attempts = :attempts AND sent_at IS NULL""")
                .param("at", at == null ? null : at.atOffset(ZoneOffset.UTC))
                .param("tenant", due.tenant().value())
                .param("mail", due.id())
                .param("attempts", due.attempts())
                .update();
    }
}
