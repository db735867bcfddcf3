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

/** Hands out room in buckets to processes; the row of the bucket lets one of them ask at a time. */
@Repository
class TokenLeaseRepository {

    /** Nobody is told to wait longer, nor counts as waiting for longer without asking again. */
    static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    private final JdbcClient jdbc;
    private final Tenancy tenancy;

    TokenLeaseRepository(JdbcClient jdbc, Tenancy tenancy) {
        this.jdbc = jdbc;
        this.tenancy = tenancy;
    }

    /**
     * @param wanted as many as that, or as few as one call costs
     * @param waits until when others must believe that this client waits, where there is no room
     */
    TokenLease ask(Bucket bucket, Quota quota, int wanted, Instant now, Instant waits) {
        return tenancy.inTenant(bucket.tenant(), () -> {
            Optional<Instant> closed = lock(bucket, now).filter(now::isBefore);
            if (closed.isPresent()) {
                return new TokenLease.Empty(closed.get());
            }
            RateWindow rateWindow = RateWindow.of(quota);
            Instant horizon = now.minus(rateWindow.kept());
            Usage usage = usage(bucket, now, horizon);
            int room = usage.room(quota);
            if (room < quota.cost()) {
                Instant until = usage.oldest().plus(rateWindow.kept());
                write(bucket, rateWindow.start(now), 0, waiting(waits, until.plus(rateWindow.window()), now));
                return new TokenLease.Empty(until);
            }
            int granted = Math.clamp(room / 4, quota.cost(), Math.max(quota.cost(), wanted));
            write(bucket, rateWindow.start(now), granted, Instant.EPOCH);
            forget(bucket, horizon);
            return new TokenLease.Granted(granted);
        });
    }

    private static Instant waiting(Instant waits, Instant until, Instant now) {
        Instant later = waits.isAfter(until) ? waits : until;
        Instant latest = now.plus(LONGEST_WAIT);
        return later.isAfter(latest) ? latest : later;
    }

    /** The provider has had enough: nobody sends before that. */
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
        return of(bucket, """
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
     * What is taken of a bucket in the time that counts.
     *
     * @param mine of it, by the client that asks
     * @param waiting how many other clients wait
     * @param oldest when what is taken first began to be
     */
    private record Usage(int taken, int mine, int waiting, Instant oldest) {

        /** While others wait, nobody gets more than its share. */
        int room(Quota quota) {
            int free = quota.count() - taken;
            int share = Math.max(quota.cost(), Math.ceilDiv(quota.count(), waiting + 1));
            return waiting == 0 ? free : Math.min(free, share - mine);
        }
    }

    private Usage usage(Bucket bucket, Instant now, Instant horizon) {
        return of(bucket, """
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

    private void write(Bucket bucket, Instant window, int taken, Instant waits) {
        of(bucket, """
                        INSERT INTO patchbay.rate_window AS w
                          (tenant_id, connection_id, bucket, window_start, client_id, taken, waits_until)
                        VALUES (:tenant, :connection, :bucket, :window, :client, :taken, :waits)
                        ON CONFLICT (tenant_id, connection_id, bucket, window_start, client_id) DO UPDATE
                        SET taken = w.taken + excluded.taken, waits_until = greatest(w.waits_until, excluded.waits_until)""")
                .param("window", Timestamp.from(window))
                .param("client", bucket.client().value())
                .param("taken", taken)
                .param("waits", Timestamp.from(waits))
                .update();
    }

    private void forget(Bucket bucket, Instant horizon) {
        of(bucket, """
                        DELETE FROM patchbay.rate_window
                        WHERE tenant_id = :tenant AND connection_id = :connection AND bucket = :bucket AND window_start <= :horizon""").param("horizon", Timestamp.from(horizon)).update();
    }

    private JdbcClient.StatementSpec of(Bucket bucket, String sql) {
        return jdbc.sql(sql)
                .param("tenant", bucket.tenant().value())
                .param("connection", bucket.connectionId())
                .param("bucket", bucket.name());
    }
}
