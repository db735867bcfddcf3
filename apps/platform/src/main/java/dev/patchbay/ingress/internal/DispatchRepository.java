package dev.patchbay.ingress.internal;

import dev.patchbay.kernel.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code event_dispatch}. Claiming goes through a door between tenants; settling is the tenant's own. */
@Repository
class DispatchRepository {

    private final JdbcClient jdbc;

    DispatchRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param attempt which claim of this event it is: a later one makes it void
     * @param lastOne whether a refusal now is the end of it
     */
    record Claim(TenantId tenant, String eventId, int attempt, boolean lastOne) {}

    /** What is due, in turns between clients, for one worker alone until the lease ends. */
    List<Claim> claim(String worker, int most, int mostEach, Duration lease) {
        return jdbc.sql("""
                        SELECT tenant_id, event_id, attempt, last_one
                        FROM patchbay.claim_events(:worker, :most, :each, :lease * interval '1 millisecond')""")
                .param("worker", worker)
                .param("most", most)
                .param("each", mostEach)
                .param("lease", lease.toMillis())
                .query((row, number) -> new Claim(
                        new TenantId(row.getString("tenant_id")),
                        row.getString("event_id"),
                        row.getInt("attempt"),
                        row.getBoolean("last_one")))
                .list();
    }

    void done(Claim claim) {
        settle(claim, "DONE", Duration.ZERO, 0);
    }

    void failed(Claim claim) {
        settle(claim, "FAILED", Duration.ZERO, 0);
    }

    void later(Claim claim, Duration delay) {
        settle(claim, "READY", delay, 0);
    }

    /** Nobody refused it; the attempt does not count. */
    void notYet(Claim claim, Duration delay) {
        settle(claim, "READY", delay, 1);
    }

    /** Touches nothing when the claim expired and somebody else holds the event now. */
    private void settle(Claim claim, String state, Duration delay, int further) {
        jdbc.sql("""
                        UPDATE patchbay.event_dispatch
                        SET state = :state, ready_at = clock_timestamp() + :delay * interval '1 millisecond',
                          give_up_at = give_up_at + :further
                        WHERE tenant_id = :tenant AND event_id = :event AND state = 'CLAIMED' AND attempts = :attempt""")
                .param("state", state)
                .param("further", further)
                .param("delay", delay.toMillis())
                .param("tenant", claim.tenant().value())
                .param("event", claim.eventId())
                .param("attempt", claim.attempt())
                .update();
    }

    /** When the event arrived that has waited longest, over all tenants. */
    Optional<Instant> oldestUnfinished() {
        return jdbc.sql("SELECT patchbay.oldest_unfinished_event() AS oldest")
                .query((row, number) -> Optional.ofNullable(row.getObject("oldest", OffsetDateTime.class)))
                .single()
                .map(OffsetDateTime::toInstant);
    }
}
