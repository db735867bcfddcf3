package dev.patchbay.notifications.internal.notice;

import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.UserId;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads and marks the notices that a person was told in the portal; in the tenant's transaction. */
@Repository
class NoticeListRepository {

    private final JdbcClient jdbc;

    NoticeListRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    record Entry(StoredNotice notice, @Nullable Instant readAt) {}

    /** Newest first: ids begin with their time. */
    List<Entry> list(TenantId tenant, UserId person, int limit, String after) {
        return jdbc.sql("""
                        SELECT n.*, d.read_at FROM patchbay.notice_delivery d
                        JOIN patchbay.notice n ON n.tenant_id = d.tenant_id AND n.notice_id = d.notice_id
                        WHERE d.tenant_id = :tenant AND d.user_id = :user AND d.channel = 'APP'
                          AND (:after = '' OR d.notice_id < :after)
                        ORDER BY d.notice_id DESC LIMIT :limit""")
                .param("tenant", tenant.value())
                .param("user", person.value())
                .param("after", after)
                .param("limit", limit)
                .query((row, number) -> {
                    Timestamp readAt = row.getTimestamp("read_at");
                    return new Entry(NoticeRepository.read(row), readAt == null ? null : readAt.toInstant());
                })
                .list();
    }

    int countUnread(TenantId tenant, UserId person) {
        return jdbc.sql("""
                        SELECT count(*) FROM patchbay.notice_delivery
                        WHERE tenant_id = :tenant AND user_id = :user AND channel = 'APP' AND read_at IS NULL""")
                .param("tenant", tenant.value())
                .param("user", person.value())
                .query(Integer.class)
                .single();
    }

    void markRead(TenantId tenant, UserId person, Collection<String> noticeIds, Instant now) {
        jdbc.sql("""
                        UPDATE patchbay.notice_delivery SET read_at = :now
                        WHERE tenant_id = :tenant AND user_id = :user AND channel = 'APP' AND read_at IS NULL
                          AND notice_id = ANY (:notices)""")
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("tenant", tenant.value())
                .param("user", person.value())
                .param("notices", noticeIds.toArray(String[]::new))
                .update();
    }

    void markReadUpTo(TenantId tenant, UserId person, String noticeId, Instant now) {
        jdbc.sql("""
                        UPDATE patchbay.notice_delivery SET read_at = :now
                        WHERE tenant_id = :tenant AND user_id = :user AND channel = 'APP' AND read_at IS NULL
                          AND notice_id <= :notice""")
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("tenant", tenant.value())
                .param("user", person.value())
                .param("notice", noticeId)
                .update();
    }
}
