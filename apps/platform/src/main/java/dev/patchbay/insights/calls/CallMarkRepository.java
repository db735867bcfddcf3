package dev.patchbay.insights.calls;

import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The table {@code call_mark}: conversations whose calls are to be written again; in the tenant's transaction. One process at a
 * time writes the calls of a tenant: it holds the tenant's lock until its transaction ends.
 */
@Repository
class CallMarkRepository {

    private static final String LOCK = "hashtextextended('calls/' || :tenant, 0)";

    private final JdbcClient jdbc;

    CallMarkRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A tenant with due marks, and the time since when the oldest is due. */
    record Waiting(TenantId tenant, Instant since) {}

    void insert(TenantId tenant, CorrelationId correlation) {
        jdbc.sql("INSERT INTO patchbay.call_mark (tenant_id, correlation_id) VALUES (:tenant, :correlation)")
                .param("tenant", tenant.value())
                .param("correlation", correlation.value())
                .update();
    }

    /** Lists the tenants with due marks. A definer function reads across tenants. */
    List<Waiting> listTenants() {
        return jdbc.sql("SELECT tenant_id, due_at FROM patchbay.tenants_with_call_marks()")
                .query((row, number) -> new Waiting(
                        new TenantId(row.getString("tenant_id")),
                        row.getTimestamp("due_at").toInstant()))
                .list();
    }

    /** Waits for the lock on the tenant's calls. */
    void lock(TenantId tenant) {
        jdbc.sql("SELECT pg_advisory_xact_lock(" + LOCK + ") IS NOT NULL")
                .param("tenant", tenant.value())
                .query(Boolean.class)
                .single();
    }

    /** Takes the lock on the tenant's calls; returns false when another transaction holds it. */
    boolean tryLock(TenantId tenant) {
        return jdbc.sql("SELECT pg_try_advisory_xact_lock(" + LOCK + ")")
                .param("tenant", tenant.value())
                .query(Boolean.class)
                .single();
    }

    /** Returns the ids of the oldest due marks. */
    List<Long> findDue(TenantId tenant, int limit) {
        return jdbc.sql("""
                        SELECT mark_id FROM patchbay.call_mark WHERE tenant_id = :tenant AND due_at <= clock_timestamp()
                        ORDER BY due_at, mark_id LIMIT :limit""")
                .param("tenant", tenant.value())
                .param("limit", limit)
                .query((row, number) -> row.getLong("mark_id"))
                .list();
    }

    /** Deletes these marks and returns their conversations. */
    Set<CorrelationId> take(TenantId tenant, List<Long> marks) {
        return new HashSet<>(jdbc.sql("""
                        DELETE FROM patchbay.call_mark WHERE tenant_id = :tenant AND due_at <= clock_timestamp()
                          AND mark_id = ANY (:marks) RETURNING correlation_id""")
                .param("tenant", tenant.value())
                .param("marks", marks.toArray(Long[]::new))
                .query((row, number) -> new CorrelationId(row.getString("correlation_id")))
                .list());
    }

    void postpone(TenantId tenant, long mark, Duration delay) {
        jdbc.sql("""
                        UPDATE patchbay.call_mark SET due_at = clock_timestamp() + :delay * interval '1 millisecond'
                        WHERE tenant_id = :tenant AND due_at <= clock_timestamp() AND mark_id = :mark""")
                .param("tenant", tenant.value())
                .param("delay", delay.toMillis())
                .param("mark", mark)
                .update();
    }
}
