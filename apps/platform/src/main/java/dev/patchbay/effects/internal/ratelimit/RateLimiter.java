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
 * Holds to what providers allow ahead of time. Processes take small leases of the current window from the database and
 * hand them out in memory; what they do not use ends with the window. While several clients wait for the same bucket, each
 * gets its share.
 */
@Component
public class RateLimiter {

    private static final Logger LOG = LoggerFactory.getLogger(RateLimiter.class);
    /** How long nothing is sent while the database cannot be asked. */
    private static final Duration MOMENT = Duration.ofSeconds(1);

    private static final Duration LONGEST_CLOSURE = Duration.ofHours(1);
    private static final int FEW = 64;

    private final TokenLeaseRepository tokenLeaseRepository;
    private final Clock clock;
    private final ConcurrentMap<Bucket, LocalTokens> pots = new ConcurrentHashMap<>();
    private volatile int many = FEW;

    RateLimiter(TokenLeaseRepository tokenLeaseRepository, Clock clock) {
        this.tokenLeaseRepository = tokenLeaseRepository;
        this.clock = clock;
    }

    /**
     * Asks for room for one call in all these quotas.
     *
     * @return zero: go now. Otherwise how long to wait before asking again
     */
    public Duration admit(TenantId tenant, String connectionId, ClientId client, List<Quota> quotas) {
        Instant now = clock.instant();
        for (int taken = 0; taken < quotas.size(); taken++) {
            Quota quota = quotas.get(taken);
            Duration wait = take(pot(new Bucket(tenant, connectionId, quota.bucket(), client), now), quota, now);
            if (!wait.isZero()) {
                quotas.subList(0, taken)
                        .forEach(other -> pot(new Bucket(tenant, connectionId, other.bucket(), client), now)
                                .giveBack(other, now));
                return wait;
            }
        }
        return Duration.ZERO;
    }

    private static Duration take(LocalTokens localTokens, Quota quota, Instant now) {
        try {
            return localTokens.take(quota, now);
        } catch (DataAccessException | TransactionException away) {
            LOG.warn("nothing is sent before the database says what room there is", away);
            return MOMENT;
        }
    }

    /** The provider said that it has had enough: none of its buckets is used before the wait is over, by no process. */
    public void close(TenantId tenant, String connectionId, List<Quota> quotas, Duration wait) {
        Instant until = clock.instant().plus(wait.compareTo(LONGEST_CLOSURE) > 0 ? LONGEST_CLOSURE : wait);
        pots.forEach((bucket, localTokens) -> {
            if (quotas.stream().anyMatch(quota -> bucket.isShared(tenant, connectionId, quota))) {
                localTokens.close(until);
            }
        });
        try {
            tokenLeaseRepository.close(tenant, connectionId, quotas, until);
        } catch (DataAccessException | TransactionException away) {
            LOG.warn("the other processes do not hear that {} has had enough", connectionId, away);
        }
    }

    private LocalTokens pot(Bucket bucket, Instant now) {
        LocalTokens known = pots.get(bucket);
        if (known != null) {
            return known;
        }
        forgetIdle(now);
        return pots.computeIfAbsent(bucket, unknown -> new LocalTokens(tokenLeaseRepository, bucket));
    }

    /** Looks for buckets that nobody used lately whenever there are twice as many as were left after the last look. */
    private void forgetIdle(Instant now) {
        if (pots.size() >= many) {
            pots.values().removeIf(localTokens -> localTokens.isIdle(now));
            many = Math.max(FEW, 2 * pots.size());
        }
    }

    /** How many buckets are remembered. */
    int size() {
        return pots.size();
    }
}
