package dev.patchbay.effects.internal.ratelimit;

import dev.patchbay.effects.spi.Quota;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Leases tokens of buckets to processes; the bucket's row is locked, so that one process asks at a time. */
@Repository
class TokenLeaseRepository {

    /** No call waits longer, and no client counts as waiting for longer, without asking again. */
    static final Duration MAX_WAIT = Duration.ofMinutes(5);

    private final JdbcClient jdbc;
    private final Tenancy tenancy;

    TokenLeaseRepository(JdbcClient jdbc, Tenancy tenancy) {
        this.jdbc = jdbc;
        this.tenancy = tenancy;
    }

    /**
     * @param requested tokens; a lease has at most these, and at least those of one call
     * @param waitsUntil how long this client counts as waiting, when no tokens are free
     */
    TokenLease lease(Bucket bucket, Quota quota, int requested, Instant now, Instant waitsUntil) {
        return tenancy.inTenant(bucket.tenant(), () -> {
            Optional<Instant> closed = lock(bucket, now).filter(now::isBefore);
            if (closed.isPresent()) {
                return new TokenLease.Empty(closed.get());
            }
            RateWindow rateWindow = RateWindow.of(quota);
            Instant horizon = now.minus(rateWindow.memory());
            Usage usage = readUsage(bucket, now, horizon);
            int available = usage.available(quota);
            if (available < quota.cost()) {
                Instant nextRoom = usage.oldest().plus(rateWindow.memory());
                recordUsage(
                        bucket,
                        rateWindow.start(now),
                        0,
                        clampWait(waitsUntil, nextRoom.plus(rateWindow.window()), now));
                return new TokenLease.Empty(nextRoom);
            }
            int granted = Math.clamp(available / 4, quota.cost(), Math.max(quota.cost(), requested));
            recordUsage(bucket, rateWindow.start(now), granted, Instant.EPOCH);
            deleteElapsedWindows(bucket, horizon);
            return new TokenLease.Granted(granted);
        });
    }

    private static Instant clampWait(Instant waitsUntil, Instant nextRoom, Instant now) {
        Instant later = waitsUntil.isAfter(nextRoom) ? waitsUntil : nextRoom;
        Instant latest = now.plus(MAX_WAIT);
        return later.isAfter(latest) ? latest : later;
    }

    void close(TenantId tenant, String connectionId, List<Quota> quotas, Instant until) {
        tenancy.inTenant(
                tenant,
                () -> quotas.forEach(quota -> jdbc.sql("""
                        INSERT INTO patchbay.rate_bucket AS b (tenant_id, connection_id, bucket, leased_at, closed_until)
                        VALUES (:tenant, :connection, :bucket, :until, :until)
                        ON CONFLICT (tenant_id, connection_id, bucket) DO UPDATE
                        SET closed_until = greatest(b.closed_until, excluded.closed_until)""")
                        .param("tenant", tenant.value())
                        .param("connection", connectionId)
                        .param("bucket", quota.bucket())
                        .param("until", Timestamp.from(until))
                        .update()));
    }

    private Optional<Instant> lock(Bucket bucket, Instant now) {
        return statement(bucket, """
                        INSERT INTO patchbay.rate_bucket (tenant_id, connection_id, bucket, leased_at)
                        VALUES (:tenant, :connection, :bucket, :now)
                        ON CONFLICT (tenant_id, connection_id, bucket) DO UPDATE SET leased_at = excluded.leased_at
                        RETURNING closed_until""")
                .param("now", Timestamp.from(now))
                .query((row, number) -> Optional.ofNullable(row.getTimestamp("closed_until")))
                .single()
                .map(Timestamp::toInstant);
    }

    /**
     * The tokens taken of a bucket that still count.
     *
     * @param mine those of the client that asks
     * @param waiting number of other clients that wait
     * @param oldest start of the oldest window that still counts
     */
    private record Usage(int total, int mine, int waiting, Instant oldest) {

        /** Tokens that the client may lease: no more than its share while others wait. */
        int available(Quota quota) {
            int free = quota.count() - total;
            int share = Math.max(quota.cost(), Math.ceilDiv(quota.count(), waiting + 1));
            return waiting == 0 ? free : Math.min(free, share - mine);
        }
    }

    private Usage readUsage(Bucket bucket, Instant now, Instant horizon) {
        return statement(bucket, """
                        SELECT coalesce(sum(taken), 0) AS taken, coalesce(sum(taken) FILTER (WHERE client_id = :client), 0) AS mine,
                          count(DISTINCT client_id) FILTER (WHERE client_id <> :client AND waits_until > :now) AS waiting,
                          coalesce(min(window_start) FILTER (WHERE taken > 0), :now) AS oldest
                        FROM patchbay.rate_window
                        WHERE tenant_id = :tenant AND connection_id = :connection AND bucket = :bucket AND window_start > :horizon""")
                .param("client", bucket.client().value())
                .param("now", Timestamp.from(now))
                .param("horizon", Timestamp.from(horizon))
                .query((row, number) -> new Usage(
                        row.getInt("taken"),
                        row.getInt("mine"),
                        row.getInt("waiting"),
                        row.getTimestamp("oldest").toInstant()))
                .single();
    }

    private void recordUsage(Bucket bucket, Instant window, int total, Instant waitsUntil) {
        statement(bucket, """
                        INSERT INTO patchbay.rate_window AS w
                          (tenant_id, connection_id, bucket, window_start, client_id, taken, waits_until)
                        VALUES (:tenant, :connection, :bucket, :window, :client, :taken, :waits)
                        ON CONFLICT (tenant_id, connection_id, bucket, window_start, client_id) DO UPDATE
                        SET taken = w.taken + excluded.taken, waits_until = greatest(w.waits_until, excluded.waits_until)""")
                .param("window", Timestamp.from(window))
                .param("client", bucket.client().value())
                .param("taken", total)
                .param("waits", Timestamp.from(waitsUntil))
                .update();
    }

    private void deleteElapsedWindows(Bucket bucket, Instant horizon) {
        statement(bucket, """
                        DELETE FROM patchbay.rate_window
                        WHERE tenant_id = :tenant AND connection_id = :connection AND bucket = :bucket AND window_start <= :horizon""").param("horizon", Timestamp.from(horizon)).update();
    }

    private JdbcClient.StatementSpec statement(Bucket bucket, String sql) {
        return jdbc.sql(sql)
                .param("tenant", bucket.tenant().value())
                .param("connection", bucket.connectionId())
                .param("bucket", bucket.name());
    }
}
