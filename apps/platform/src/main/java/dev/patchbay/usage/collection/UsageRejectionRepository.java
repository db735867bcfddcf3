package dev.patchbay.usage.collection;

import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.usage.spi.RejectedStatement;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code usage_rejection}: statements that could not become usage; in the tenant's transaction. */
@Repository
class UsageRejectionRepository {

    private final JdbcClient jdbc;

    UsageRejectionRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void save(TenantId tenant, ConnectionId connection, List<RejectedStatement> rejected, Instant now) {
        for (RejectedStatement statement : rejected) {
            Instant occurredAt = statement.occurredAt();
            jdbc.sql("""
                            INSERT INTO patchbay.usage_rejection
                              (tenant_id, connection_id, subject, code, detail, occurred_at, rejected_at)
                            VALUES (:tenant, :connection, :subject, :code, :detail, :time::timestamptz, :now::timestamptz)
                            ON CONFLICT (tenant_id, connection_id, subject) DO UPDATE
                            SET code = excluded.code, detail = excluded.detail, rejected_at = excluded.rejected_at""")
                    .param("tenant", tenant.value())
                    .param("connection", connection.value())
                    .param("subject", statement.subject())
                    .param("code", statement.code().wireName())
                    .param("detail", statement.detail())
                    .param("time", occurredAt == null ? null : occurredAt.toString())
                    .param("now", now.toString())
                    .update();
        }
    }

    /** Forgets the rejections of subjects whose statement was recorded. */
    void delete(TenantId tenant, ConnectionId connection, Collection<String> subjects) {
        jdbc.sql("""
                        DELETE FROM patchbay.usage_rejection
                        WHERE tenant_id = :tenant AND connection_id = :connection AND subject = ANY (:subjects::text[])""")
                .param("tenant", tenant.value())
                .param("connection", connection.value())
                .param("subjects", subjects.toArray(String[]::new))
                .update();
    }

    List<UsageCollector.Rejection> list(TenantId tenant, int limit, String after) {
        return jdbc.sql("""
                        SELECT connection_id, subject, code, detail, occurred_at, rejected_at FROM patchbay.usage_rejection
                        WHERE tenant_id = :tenant AND (connection_id || '/' || subject) COLLATE "C" > :after
                        ORDER BY (connection_id || '/' || subject) COLLATE "C" LIMIT :limit""")
                .param("tenant", tenant.value())
                .param("after", after)
                .param("limit", limit)
                .query((row, number) -> {
                    Timestamp time = row.getTimestamp("occurred_at");
                    return new UsageCollector.Rejection(
                            new ConnectionId(row.getString("connection_id")),
                            row.getString("subject"),
                            row.getString("code"),
                            row.getString("detail"),
                            time == null ? null : time.toInstant(),
                            row.getTimestamp("rejected_at").toInstant());
                })
                .list();
    }
}
