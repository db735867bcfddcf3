package dev.patchbay.notifications.internal.notice;

import dev.patchbay.kernel.Ids;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code notice_delivery}; in the tenant's transaction, except {@link #claimDue}. */
@Repository
class DeliveryRepository {

    private final JdbcClient jdbc;

    DeliveryRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A delivery that waits.
     *
     * @param escalation whether it is sent only when no server has accepted the mail
     * @param window of the digest that it belongs to
     * @param withLink whether a text carries a link
     */
    record WaitingDelivery(
            TenantId tenant,
            String id,
            String noticeId,
            UserId person,
            boolean escalation,
            Optional<Instant> window,
            boolean withLink) {}

    /**
     * Inserts the delivery unless the person has one of that notice on that channel.
     *
     * @param withLink whether a text carries a link
     */
    void insertIfAbsent(StoredNotice notice, UserId person, PlannedDelivery planned, boolean withLink, Instant now) {
        boolean app = planned.channel() == Channel.APP;
        jdbc.sql("""
                        INSERT INTO patchbay.notice_delivery (tenant_id, delivery_id, notice_id, user_id, channel, state,
                                                              digest, escalation, due_at, window_at, with_link, done_at)
                        VALUES (:tenant, :delivery, :notice, :user, :channel, :state, :digest, :escalation, :due, :window, :link,
                                :done)
                        ON CONFLICT (tenant_id, notice_id, user_id, channel) DO NOTHING""")
                .param("tenant", notice.tenant().value())
                .param("delivery", Ids.next("ntd", now))
                .param("notice", notice.id())
                .param("user", person.value())
                .param("channel", planned.channel().name())
                .param("state", (app ? DeliveryState.DONE : DeliveryState.WAITING).name())
                .param("digest", planned.digest())
                .param("escalation", planned.escalation())
                .param("due", offset(planned.due().orElse(null)))
                .param("window", offset(planned.digest() ? planned.due().orElseThrow() : null))
                .param("link", withLink)
                .param("done", offset(app ? now : null))
                .update();
    }

    record ClaimedDelivery(TenantId tenant, String id, int attempt) {}

    /** Claims due deliveries of every tenant, for one dispatcher until the lease ends. */
    List<ClaimedDelivery> claimDue(Channel channel, Instant now, Duration lease, int limit) {
        return jdbc.sql(
                        "SELECT tenant_id, delivery_id, attempts FROM patchbay.claim_notice_deliveries(:channel, :now, :until, :limit)")
                .param("channel", channel.name())
                .param("now", offset(now))
                .param("until", offset(now.plus(lease)))
                .param("limit", limit)
                .query((row, number) -> new ClaimedDelivery(
                        new TenantId(row.getString("tenant_id")), row.getString("delivery_id"), row.getInt("attempts")))
                .list();
    }

    /** Reads and locks the delivery until the transaction ends; empty when it does not wait any more. */
    Optional<WaitingDelivery> lockWaiting(ClaimedDelivery claimed) {
        return jdbc.sql("""
                        SELECT * FROM patchbay.notice_delivery
                        WHERE tenant_id = :tenant AND delivery_id = :delivery AND state = 'WAITING' FOR UPDATE""")
                .param("tenant", claimed.tenant().value())
                .param("delivery", claimed.id())
                .query((row, number) -> waiting(row))
                .optional();
    }

    /** Locks the person's deliveries that wait for a digest of that moment or an earlier one. */
    List<WaitingDelivery> lockDigest(TenantId tenant, UserId person, Instant window) {
        return jdbc.sql("""
                        SELECT * FROM patchbay.notice_delivery
                        WHERE tenant_id = :tenant AND user_id = :user AND digest AND due_at IS NOT NULL AND window_at <= :window
                        ORDER BY notice_id FOR UPDATE""")
                .param("tenant", tenant.value())
                .param("user", person.value())
                .param("window", offset(window))
                .query((row, number) -> waiting(row))
                .list();
    }

    /** @return false when the person's digest of that moment was mailed already */
    boolean insertDigest(TenantId tenant, UserId person, Instant window) {
        return jdbc.sql("""
                        INSERT INTO patchbay.notice_digest (tenant_id, user_id, window_at) VALUES (:tenant, :user, :window)
                        ON CONFLICT DO NOTHING""")
                        .param("tenant", tenant.value())
                        .param("user", person.value())
                        .param("window", offset(window))
                        .update()
                == 1;
    }

    /** The mail of that notice to that person; empty when it is not handed over yet, or there is none. */
    Optional<String> findMail(WaitingDelivery delivery) {
        return jdbc.sql("""
                        SELECT mail_id FROM patchbay.notice_delivery
                        WHERE tenant_id = :tenant AND notice_id = :notice AND user_id = :user AND channel = 'MAIL'
                          AND mail_id IS NOT NULL""")
                .param("tenant", delivery.tenant().value())
                .param("notice", delivery.noticeId())
                .param("user", delivery.person().value())
                .query(String.class)
                .optional();
    }

    /** Moves a waiting delivery to the state in which it ends. */
    void finish(WaitingDelivery delivery, DeliveryState end, @Nullable String mailId, Instant now) {
        jdbc.sql("""
                        UPDATE patchbay.notice_delivery SET state = :end, due_at = NULL, mail_id = :mail, done_at = :now
                        WHERE tenant_id = :tenant AND delivery_id = :delivery AND state = 'WAITING'""")
                .param("end", end.name())
                .param("mail", mailId)
                .param("now", offset(now))
                .param("tenant", delivery.tenant().value())
                .param("delivery", delivery.id())
                .update();
    }

    /** Makes a waiting delivery due again at that moment. */
    void reschedule(WaitingDelivery delivery, Instant due) {
        jdbc.sql("""
                        UPDATE patchbay.notice_delivery
                        SET due_at = :due, window_at = CASE WHEN digest THEN :due::timestamptz END
                        WHERE tenant_id = :tenant AND delivery_id = :delivery AND state = 'WAITING'""")
                .param("due", offset(due))
                .param("tenant", delivery.tenant().value())
                .param("delivery", delivery.id())
                .update();
    }

    private static @Nullable OffsetDateTime offset(@Nullable Instant moment) {
        return moment == null ? null : moment.atOffset(ZoneOffset.UTC);
    }

    private static WaitingDelivery waiting(ResultSet row) throws SQLException {
        return new WaitingDelivery(
                new TenantId(row.getString("tenant_id")),
                row.getString("delivery_id"),
                row.getString("notice_id"),
                new UserId(row.getString("user_id")),
                row.getBoolean("escalation"),
                Optional.ofNullable(row.getTimestamp("window_at")).map(Timestamp::toInstant),
                row.getBoolean("with_link"));
    }
}
