package dev.patchbay.notifications.internal.notice;

import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.Notice;
import dev.patchbay.kernel.NoticeSeverity;
import dev.patchbay.kernel.NoticeTopic;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code notice}; in the tenant's transaction, except {@link #claimUnplanned}. */
@Repository
class NoticeRepository {

    private final JdbcClient jdbc;

    NoticeRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Does nothing when the fact has its notice already. */
    void insertIfAbsent(String id, Notice notice, Instant now, Instant planAt) {
        jdbc.sql("""
                        INSERT INTO patchbay.notice (tenant_id, notice_id, client_id, topic, subject, key, severity, data,
                                                     recipient, created_at, last_at, plan_at)
                        VALUES (:tenant, :notice, :client, :topic, :subject, :key, :severity, :data::jsonb,
                                :recipient, :now, :now, :plan)
                        ON CONFLICT (tenant_id, topic, key) DO NOTHING""")
                .param("tenant", notice.scope().tenant().value())
                .param("notice", id)
                .param("client", notice.scope().client().map(ClientId::value).orElse(""))
                .param("topic", notice.topic().label())
                .param("subject", notice.subject())
                .param("key", notice.key())
                .param("severity", notice.severity().name())
                .param("data", Json.write(notice.data()))
                .param("recipient", notice.recipient().map(UserId::value).orElse(null))
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("plan", planAt.atOffset(ZoneOffset.UTC))
                .update();
    }

    record Unplanned(TenantId tenant, String id) {}

    /** Claims notices whose deliveries are to be planned, of every tenant, for one planner until the lease ends. */
    List<Unplanned> claimUnplanned(Instant now, Instant leaseEnd, int limit) {
        return jdbc.sql("SELECT tenant_id, notice_id FROM patchbay.claim_notices(:now, :until, :limit)")
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("until", leaseEnd.atOffset(ZoneOffset.UTC))
                .param("limit", limit)
                .query((row, number) ->
                        new Unplanned(new TenantId(row.getString("tenant_id")), row.getString("notice_id")))
                .list();
    }

    /** Makes other planners wait until the transaction ends, so that they count the same notices of a flood once. */
    void lockFlood(StoredNotice notice) {
        jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended(:name, 42))::text")
                .param(
                        "name",
                        "notice " + notice.tenant() + " " + notice.topic().label() + " " + notice.subject())
                .query(String.class)
                .single();
    }

    Optional<StoredNotice> find(TenantId tenant, String id) {
        return jdbc.sql("SELECT * FROM patchbay.notice WHERE tenant_id = :tenant AND notice_id = :notice")
                .param("tenant", tenant.value())
                .param("notice", id)
                .query((row, number) -> read(row))
                .optional();
    }

    /** The summary of that topic, subject and recipient that began at that moment or later. */
    Optional<String> findSummary(StoredNotice notice, Instant since) {
        return jdbc.sql("""
                        SELECT notice_id FROM patchbay.notice
                        WHERE tenant_id = :tenant AND topic = :topic AND subject = :subject AND created_at >= :since AND summary
                          AND recipient IS NOT DISTINCT FROM :recipient AND severity = :severity
                        ORDER BY created_at DESC LIMIT 1""")
                .param("tenant", notice.tenant().value())
                .param("topic", notice.topic().label())
                .param("subject", notice.subject())
                .param("since", since.atOffset(ZoneOffset.UTC))
                .param("recipient", notice.recipient().map(UserId::value).orElse(null))
                .param("severity", notice.severity().name())
                .query(String.class)
                .optional();
    }

    /** How many notices of that topic, subject, recipient and severity came since, planned or not, without summaries. */
    int countLike(StoredNotice notice, Instant since) {
        return jdbc.sql("""
                        SELECT count(*) FROM patchbay.notice
                        WHERE tenant_id = :tenant AND topic = :topic AND subject = :subject AND created_at >= :since AND NOT summary
                          AND recipient IS NOT DISTINCT FROM :recipient AND severity = :severity""")
                .param("tenant", notice.tenant().value())
                .param("topic", notice.topic().label())
                .param("subject", notice.subject())
                .param("since", since.atOffset(ZoneOffset.UTC))
                .param("recipient", notice.recipient().map(UserId::value).orElse(null))
                .param("severity", notice.severity().name())
                .query(Integer.class)
                .single();
    }

    /** Inserts a summary that stands for this notice, and later for others like it. */
    void insertSummary(String id, StoredNotice first, Instant now) {
        jdbc.sql("""
                        INSERT INTO patchbay.notice (tenant_id, notice_id, client_id, topic, subject, key, severity, data,
                                                     recipient, facts, summary, created_at, last_at)
                        SELECT tenant_id, :summary, client_id, topic, subject, 'summary ' || :summary, severity, data,
                               recipient, 0, true, :now, :now
                        FROM patchbay.notice WHERE tenant_id = :tenant AND notice_id = :notice""")
                .param("summary", id)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("tenant", first.tenant().value())
                .param("notice", first.id())
                .update();
    }

    /** Lets the summary stand for every unplanned notice like this one. */
    void collapseUnplanned(StoredNotice notice, String summary) {
        int collapsed = jdbc.sql("""
                        UPDATE patchbay.notice SET collapsed_into = :summary, plan_at = NULL
                        WHERE tenant_id = :tenant AND topic = :topic AND subject = :subject AND plan_at IS NOT NULL
                          AND NOT summary AND recipient IS NOT DISTINCT FROM :recipient AND severity = :severity""")
                .param("summary", summary)
                .param("tenant", notice.tenant().value())
                .param("topic", notice.topic().label())
                .param("subject", notice.subject())
                .param("recipient", notice.recipient().map(UserId::value).orElse(null))
                .param("severity", notice.severity().name())
                .update();
        jdbc.sql("""
                        UPDATE patchbay.notice SET facts = facts + :more, last_at = greatest(last_at, :last)
                        WHERE tenant_id = :tenant AND notice_id = :summary""")
                .param("more", collapsed)
                .param("last", notice.createdAt().atOffset(ZoneOffset.UTC))
                .param("tenant", notice.tenant().value())
                .param("summary", summary)
                .update();
    }

    void markPlanned(TenantId tenant, String id) {
        jdbc.sql("UPDATE patchbay.notice SET plan_at = NULL WHERE tenant_id = :tenant AND notice_id = :notice")
                .param("tenant", tenant.value())
                .param("notice", id)
                .update();
    }

    static StoredNotice read(ResultSet row) throws SQLException {
        Map<String, String> data = new HashMap<>();
        Json.read(row.getString("data"))
                .propertyStream()
                .forEach(member -> data.put(member.getKey(), member.getValue().asString()));
        return new StoredNotice(
                new TenantId(row.getString("tenant_id")),
                row.getString("notice_id"),
                ClientId.parse(row.getString("client_id")),
                NoticeTopic.findByLabel(row.getString("topic")).orElseThrow(),
                row.getString("subject"),
                NoticeSeverity.valueOf(row.getString("severity")),
                data,
                Optional.ofNullable(row.getString("recipient")).map(UserId::new),
                row.getInt("facts"),
                row.getBoolean("summary"),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("last_at").toInstant(),
                row.getTimestamp("plan_at") == null);
    }
}
