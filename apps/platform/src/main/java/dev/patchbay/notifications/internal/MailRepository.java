package dev.patchbay.notifications.internal;

import dev.patchbay.kernel.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The outbox, the table {@code mail}; in the tenant's transaction, except {@link #claim}. */
@Repository
class MailRepository {

    private final JdbcClient jdbc;

    MailRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The context that the content of this mail is sealed for. */
    static String sealingContext(String id) {
        return "mail/" + id;
    }

    /** Queues a mail that is due at that moment; changes nothing when there is one of that id. */
    void insert(TenantId tenant, String id, byte[] sealed, Instant due) {
        jdbc.sql("""
                        INSERT INTO patchbay.mail (tenant_id, mail_id, sealed, created_at, next_at)
                        VALUES (:tenant, :mail, :sealed, :due, :due)
                        ON CONFLICT (tenant_id, mail_id) DO NOTHING""")
                .param("tenant", tenant.value())
                .param("mail", id)
                .param("sealed", sealed)
                .param("due", due.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** @param attempt the number of this attempt, the fencing token of the claim */
    record ClaimedMail(TenantId tenant, String id, int attempt) {}

    /** Claims a due mail of the tenant whose turn it is, for one dispatcher until the lease ends; through a definer function. */
    Optional<ClaimedMail> claim(Instant now, Duration lease) {
        return jdbc.sql("SELECT tenant_id, mail_id, attempts FROM patchbay.claim_mail(:now, :until)")
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("until", now.plus(lease).atOffset(ZoneOffset.UTC))
                .query((row, number) -> new ClaimedMail(
                        new TenantId(row.getString("tenant_id")), row.getString("mail_id"), row.getInt("attempts")))
                .optional();
    }

    /** The sealed content; empty once the mail is sent or failed. */
    Optional<byte[]> findSealed(TenantId tenant, String id) {
        return jdbc.sql("SELECT sealed FROM patchbay.mail WHERE tenant_id = :tenant AND mail_id = :mail")
                .param("tenant", tenant.value())
                .param("mail", id)
                .query((row, number) -> Optional.ofNullable(row.getBytes("sealed")))
                .single();
    }

    boolean exists(TenantId tenant, String id) {
        return jdbc.sql("SELECT EXISTS (SELECT FROM patchbay.mail WHERE tenant_id = :tenant AND mail_id = :mail)")
                .param("tenant", tenant.value())
                .param("mail", id)
                .query(Boolean.class)
                .single();
    }

    boolean isSent(TenantId tenant, String id) {
        return jdbc.sql("""
                        SELECT EXISTS (SELECT FROM patchbay.mail
                        WHERE tenant_id = :tenant AND mail_id = :mail AND status = 'SENT')""")
                .param("tenant", tenant.value())
                .param("mail", id)
                .query(Boolean.class)
                .single();
    }

    /** The server accepted the mail, whichever dispatcher holds it now. Its content is deleted. */
    void markSent(ClaimedMail mail, Instant now) {
        jdbc.sql("""
                        UPDATE patchbay.mail SET sent_at = :now, next_at = NULL, sealed = NULL
                        WHERE tenant_id = :tenant AND mail_id = :mail""")
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("tenant", mail.tenant().value())
                .param("mail", mail.id())
                .update();
    }

    /** The mail is due again at that moment; changes nothing when another dispatcher has claimed it since. */
    void scheduleRetry(ClaimedMail mail, Instant due) {
        jdbc.sql("""
                        UPDATE patchbay.mail SET next_at = :due
                        WHERE tenant_id = :tenant AND mail_id = :mail AND attempts = :attempt AND status = 'QUEUED'""")
                .param("due", due.atOffset(ZoneOffset.UTC))
                .param("tenant", mail.tenant().value())
                .param("mail", mail.id())
                .param("attempt", mail.attempt())
                .update();
    }

    /** The mail is not tried again and its content is deleted; changes nothing when another dispatcher has claimed it since. */
    void markFailed(ClaimedMail mail) {
        jdbc.sql("""
                        UPDATE patchbay.mail SET next_at = NULL, sealed = NULL
                        WHERE tenant_id = :tenant AND mail_id = :mail AND attempts = :attempt AND status = 'QUEUED'""")
                .param("tenant", mail.tenant().value())
                .param("mail", mail.id())
                .param("attempt", mail.attempt())
                .update();
    }
}
