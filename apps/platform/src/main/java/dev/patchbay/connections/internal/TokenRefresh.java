package dev.patchbay.connections.internal;

import dev.patchbay.connections.Account;
import dev.patchbay.connections.ConnectionState;
import dev.patchbay.connections.ProviderUnreachable;
import dev.patchbay.connections.ReconnectRequired;
import dev.patchbay.connections.internal.ConnectionRepository.Stored;
import dev.patchbay.connections.spi.TokenRefresher;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Renews access tokens, one refresh at a time for a connection: a refresh token may be good for one use only, and a
 * second use ends the grant. Callers of this process wait on a lock of its own, so that a crowd of them takes one
 * database connection; processes wait on the row.
 */
@Component
final class TokenRefresh {

    private final ConnectionRepository rows;
    private final Tenancy tenancy;
    private final OAuthApps apps;
    private final Clock clock;
    private final Map<String, TokenRefresher> refreshers;
    private final ConcurrentHashMap<String, ReentrantLock> locks = new ConcurrentHashMap<>();

    TokenRefresh(
            ConnectionRepository rows, Tenancy tenancy, OAuthApps apps, List<TokenRefresher> refreshers, Clock clock) {
        this.rows = rows;
        this.apps = apps;
        this.clock = clock;
        this.tenancy = tenancy;
        this.refreshers = refreshers.stream().collect(Collectors.toMap(TokenRefresher::provider, Function.identity()));
    }

    boolean speaksOAuth(Account account) {
        return refreshers.containsKey(account.provider());
    }

    /** The connection with a token that serves: read again under the lock, and renewed if it is still stale then. */
    Account renew(TenantId tenant, String connectionId, Predicate<Stored> stale) {
        requireNoTransaction();
        var lock = locks.computeIfAbsent(tenant + "/" + connectionId, key -> new ReentrantLock());
        lock.lock();
        try {
            // That it was begun is committed first: whoever comes after a process that died with the answer knows why.
            Optional<Instant> lost = tenancy.inTenant(tenant, () -> begin(tenant, connectionId, stale));
            // Both tokens are committed before anyone uses them; a refusal is committed too, then told.
            return tenancy.inTenant(tenant, () -> renewLocked(tenant, connectionId, stale, lost))
                    .get();
        } finally {
            lock.unlock();
        }
    }

    /** An outer transaction that rolled back would lose a refresh token that the provider has already replaced. */
    static void requireNoTransaction() {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("a connection is not made ready inside a transaction");
        }
    }

    @FunctionalInterface
    private interface Result {
        Account get();
    }

    /** Since when it is not known how a renewal before this one ended. */
    private Optional<Instant> begin(TenantId tenant, String connectionId, Predicate<Stored> stale) {
        Stored stored = rows.lock(tenant, connectionId);
        if (stale.test(stored) && stored.renewing().isEmpty()) {
            rows.renewing(tenant, connectionId, clock.instant());
        }
        return stored.renewing();
    }

    private Result renewLocked(
            TenantId tenant, String connectionId, Predicate<Stored> stale, Optional<Instant> lostBefore) {
        Stored stored = rows.lock(tenant, connectionId);
        // Another process may have settled it meanwhile.
        Optional<Instant> lost = lostBefore.filter(since -> stored.renewing().equals(lostBefore));
        if (!stale.test(stored)) {
            return stored::account;
        }
        try {
            var tokens = java.util.Objects.requireNonNull(
                            refreshers.get(stored.account().provider()))
                    .refresh(apps.complete(stored.account()), lost);
            rows.putSecret(
                    tenant, connectionId, ConnectionRepository.ACCESS_TOKEN, tokens.accessToken(), tokens.expiresAt());
            tokens.refreshToken()
                    .ifPresent(successor ->
                            rows.putSecret(tenant, connectionId, ConnectionRepository.REFRESH_TOKEN, successor, null));
            rows.renewing(tenant, connectionId, null);
            Account renewed = rows.lock(tenant, connectionId).account();
            return () -> renewed;
        } catch (TokenRefresher.RefreshRefused refused) {
            rows.renewing(tenant, connectionId, null);
            rows.move(tenant, connectionId, ConnectionState.UNHEALTHY, refused.getMessage());
            return () -> {
                throw new ReconnectRequired(String.valueOf(refused.getMessage()));
            };
        } catch (TokenRefresher.RefreshUnavailable unavailable) {
            if (!unavailable.mayHaveRefreshed()) {
                rows.renewing(tenant, connectionId, lost.orElse(null));
            }
            return () -> {
                throw new ProviderUnreachable(String.valueOf(unavailable.getMessage()), unavailable);
            };
        }
    }
}
