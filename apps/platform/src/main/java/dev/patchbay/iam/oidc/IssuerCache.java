package dev.patchbay.iam.oidc;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import dev.patchbay.iam.spi.IssuerTransport.Unreachable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Keeps the issuer's metadata and keys for an hour. One thread at a time fetches them; meanwhile, and while a fetch fails, the
 * last snapshot is used. After a failure nothing is fetched for ten seconds. A single value with these rules is written out
 * here: a Caffeine cache neither remembers failures nor serves the old value from the thread that refreshes.
 */
@Component
class IssuerCache {

    private static final Logger LOG = LoggerFactory.getLogger(IssuerCache.class);
    private static final Duration MAX_AGE = Duration.ofHours(1);
    private static final Duration RETRY_DELAY = Duration.ofSeconds(10);

    private final Discovery discovery;
    private final Clock clock;
    private final ReentrantLock fetching = new ReentrantLock();
    private volatile @Nullable IssuerSnapshot snapshot;
    private @Nullable Failure failure;

    IssuerCache(Discovery discovery, Clock clock) {
        this.discovery = discovery;
        this.clock = clock;
    }

    private record Failure(RuntimeException cause, Instant at) {}

    /**
     * The snapshot, fetched if there is none or it is older than an hour.
     *
     * @throws SignInRefused or {@link Unreachable} when there is none and it cannot be fetched
     */
    IssuerSnapshot current() {
        IssuerSnapshot last = snapshot;
        if (last == null) {
            return fetchUnlessReplaced(null);
        }
        if (last.fetchedAt().plus(MAX_AGE).isAfter(clock.instant()) || fetching.isLocked()) {
            return last;
        }
        try {
            return fetchUnlessReplaced(last);
        } catch (SignInRefused | Unreachable stale) {
            LOG.warn("issuer metadata could not be refreshed, the previous one stays in use: {}", stale.getMessage());
            return last;
        }
    }

    /**
     * The issuer's keys that fit. If none does, the keys are fetched once more, since issuers rotate them.
     *
     * @throws SignInRefused or {@link Unreachable} when they cannot be fetched
     */
    List<JWK> selectKeys(JWKSelector selector) {
        IssuerSnapshot last = current();
        List<JWK> fitting = selector.select(last.keys());
        return fitting.isEmpty() ? selector.select(fetchUnlessReplaced(last).keys()) : fitting;
    }

    /** Fetches a new snapshot, unless another thread has replaced the given one meanwhile. */
    private IssuerSnapshot fetchUnlessReplaced(@Nullable IssuerSnapshot insufficient) {
        fetching.lock();
        try {
            IssuerSnapshot last = snapshot;
            return last == null || last.equals(insufficient) ? fetch() : last;
        } finally {
            fetching.unlock();
        }
    }

    private IssuerSnapshot fetch() {
        var last = failure;
        if (last != null && last.at().plus(RETRY_DELAY).isAfter(clock.instant())) {
            throw last.cause();
        }
        try {
            IssuerSnapshot fetched = discovery.fetch();
            snapshot = fetched;
            failure = null;
            return fetched;
        } catch (SignInRefused | Unreachable cause) {
            failure = new Failure(cause, clock.instant());
            throw cause;
        }
    }
}
