package dev.patchbay.ingress.dispatch;

import dev.patchbay.ingress.EventStatus;
import dev.patchbay.kernel.EventId;
import dev.patchbay.kernel.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The table {@code event_dispatch}. Claims go through a definer function across tenants; a claim is settled in the
 * transaction of its tenant.
 */
@Repository
class DispatchRepository {

    private final JdbcClient jdbc;

    DispatchRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * One worker's claim of an event.
     *
     * @param attempt the number of this claim, its fencing token: a later claim makes this one void
     * @param lastAttempt whether a failure now is final
     */
    record Claim(TenantId tenant, EventId event, int attempt, boolean lastAttempt) {}

    /**
     * Claims due events, in turns between tenants and then between clients; each belongs to the worker until the lease ends.
     *
     * @param maxPerClient claims that one client may have at the same time
     * @param maxPerTenant claims that one tenant may have at the same time
     */
    List<Claim> claim(String worker, int limit, int maxPerClient, int maxPerTenant, Duration lease) {
        return jdbc.sql("""
                        SELECT tenant_id, event_id, attempt, last_one
                        FROM patchbay.claim_events(:worker, :limit, :maxPerClient, :maxPerTenant, :lease * interval '1 millisecond')""")
                .param("worker", worker)
                .param("limit", limit)
                .param("maxPerClient", maxPerClient)
                .param("maxPerTenant", maxPerTenant)
                .param("lease", lease.toMillis())
                .query((row, number) -> new Claim(
                        new TenantId(row.getString("tenant_id")),
                        new EventId(row.getString("event_id")),
                        row.getInt("attempt"),
                        row.getBoolean("last_one")))
                .list();
    }

    void markDone(Claim claim) {
        settle(claim, EventStatus.DONE, Duration.ZERO, 0);
    }

    void markFailed(Claim claim) {
        settle(claim, EventStatus.FAILED, Duration.ZERO, 0);
    }

    void scheduleRetry(Claim claim, Duration delay) {
        settle(claim, EventStatus.READY, delay, 0);
    }

    /** As {@link #scheduleRetry}, but this attempt does not count. */
    void defer(Claim claim, Duration delay) {
        settle(claim, EventStatus.READY, delay, 1);
    }

    /** Changes nothing when the claim expired and another worker holds the event now. */
    private void settle(Claim claim, EventStatus next, Duration delay, int extraAttempts) {
        if (!EventStatus.CLAIMED.mayBecome(next)) {
            throw new IllegalArgumentException("a claimed event cannot become " + next);
        }
        jdbc.sql("""
                        UPDATE patchbay.event_dispatch
                        SET state = :next, ready_at = clock_timestamp() + :delay * interval '1 millisecond',
                          max_attempts = max_attempts + :extraAttempts
                        WHERE tenant_id = :tenant AND event_id = :event AND state = 'CLAIMED' AND attempts = :attempt""")
                .param("next", next.name())
                .param("extraAttempts", extraAttempts)
                .param("delay", delay.toMillis())
                .param("tenant", claim.tenant().value())
                .param("event", claim.event().value())
                .param("attempt", claim.attempt())
                .update();
    }

    /** When the unfinished event that has waited longest was received, over all tenants; through a definer function. */
    Optional<Instant> oldestUnfinished() {
        return jdbc.sql("SELECT patchbay.oldest_unfinished_event() AS oldest")
                .query((row, number) -> Optional.ofNullable(row.getObject("oldest", OffsetDateTime.class)))
                .single()
                .map(OffsetDateTime::toInstant);
    }
}
