package dev.patchbay.effects.internal.ratelimit;

import dev.patchbay.effects.spi.Quota;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Keeps requests within the quotas of providers, before a provider has to refuse them. Processes lease a few tokens of the
 * current window from the database and hand them out in memory; unused tokens end with the window. While several clients
 * wait for the same bucket, each gets its share.
 */
@Component
public class RateLimiter {

    private static final Logger LOG = LoggerFactory.getLogger(RateLimiter.class);
    /** How long nothing is sent after the database did not answer. */
    private static final Duration DATABASE_RETRY_DELAY = Duration.ofSeconds(1);

    private static final Duration MAX_CLOSURE = Duration.ofHours(1);
    private static final int MIN_EVICTION_THRESHOLD = 64;

    private final TokenLeaseRepository leases;
    private final Clock clock;
    private final ConcurrentMap<Bucket, LocalTokens> tokensByBucket = new ConcurrentHashMap<>();
    private volatile int evictionThreshold = MIN_EVICTION_THRESHOLD;

    RateLimiter(TokenLeaseRepository leases, Clock clock) {
        this.leases = leases;
        this.clock = clock;
    }

    /**
     * Takes the tokens of one call from all these quotas, or from none.
     *
     * @return zero: send now. Otherwise how long to wait before asking again
     */
    public Duration admit(TenantId tenant, String connectionId, ClientId client, List<Quota> quotas) {
        Instant now = clock.instant();
        for (int index = 0; index < quotas.size(); index++) {
            Quota quota = quotas.get(index);
            Duration wait =
                    take(localTokens(new Bucket(tenant, connectionId, quota.bucket(), client), now), quota, now);
            if (!wait.isZero()) {
                quotas.subList(0, index)
                        .forEach(other -> localTokens(new Bucket(tenant, connectionId, other.bucket(), client), now)
                                .refund(other, now));
                return wait;
            }
        }
        return Duration.ZERO;
    }

    private static Duration take(LocalTokens localTokens, Quota quota, Instant now) {
        try {
            return localTokens.take(quota, now);
        } catch (DataAccessException | TransactionException databaseAway) {
            LOG.warn("rate limiter: the database gave no tokens; calls wait {}", DATABASE_RETRY_DELAY, databaseAway);
            return DATABASE_RETRY_DELAY;
        }
    }

    /** Closes the buckets for all processes, after the provider answered 429. */
    public void close(TenantId tenant, String connectionId, List<Quota> quotas, Duration wait) {
        Instant until = clock.instant().plus(wait.compareTo(MAX_CLOSURE) > 0 ? MAX_CLOSURE : wait);
        tokensByBucket.forEach((bucket, localTokens) -> {
            if (quotas.stream().anyMatch(quota -> bucket.belongsTo(tenant, connectionId, quota))) {
                localTokens.close(until);
            }
        });
        try {
            leases.close(tenant, connectionId, quotas, until);
        } catch (DataAccessException | TransactionException databaseAway) {
            LOG.warn(
                    "connection {}: its closed rate limit was not stored; other processes may still send until {}",
                    connectionId,
                    until,
                    databaseAway);
        }
    }

    private LocalTokens localTokens(Bucket bucket, Instant now) {
        LocalTokens cached = tokensByBucket.get(bucket);
        if (cached != null) {
            return cached;
        }
        evictIdle(now);
        return tokensByBucket.computeIfAbsent(bucket, unknown -> new LocalTokens(leases, bucket));
    }

    /** Evicts idle buckets once the map has doubled since the last eviction. */
    private void evictIdle(Instant now) {
        if (tokensByBucket.size() >= evictionThreshold) {
            tokensByBucket.values().removeIf(localTokens -> localTokens.isIdle(now));
            evictionThreshold = Math.max(MIN_EVICTION_THRESHOLD, 2 * tokensByBucket.size());
        }
    }

    int bucketCount() {
        return tokensByBucket.size();
    }
}
