package dev.patchbay.connections.internal;

import dev.patchbay.connections.Account;
import dev.patchbay.connections.ConnectionState;
import dev.patchbay.connections.ConnectionUnavailable;
import dev.patchbay.connections.ConnectionUnusable;
import dev.patchbay.connections.internal.ConnectionRows.Stored;
import dev.patchbay.connections.spi.TokenRefresher;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import java.util.List;
import java.util.Map;
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
final class Refresh {

    private final ConnectionRows rows;
    private final Tenancy tenancy;
    private final Map<String, TokenRefresher> refreshers;
    private final ConcurrentHashMap<String, ReentrantLock> locks = new ConcurrentHashMap<>();

    Refresh(ConnectionRows rows, Tenancy tenancy, List<TokenRefresher> refreshers) {
        this.rows = rows;
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
            // Both tokens are committed before anyone uses them; a refusal is committed too, then told.
            return tenancy.inTenant(tenant, () -> renewLocked(tenant, connectionId, stale))
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

    private Result renewLocked(TenantId tenant, String connectionId, Predicate<Stored> stale) {
        Stored stored = rows.lock(tenant, connectionId);
        if (!stale.test(stored)) {
            return stored::account;
        }
        try {
            var tokens = java.util.Objects.requireNonNull(
                            refreshers.get(stored.account().provider()))
                    .refresh(stored.account());
            rows.putSecret(tenant, connectionId, ConnectionRows.ACCESS_TOKEN, tokens.accessToken(), tokens.expiresAt());
            tokens.refreshToken()
                    .ifPresent(successor -> rows.putSecret(tenant, connectionId, "refresh_token", successor, null));
            Account renewed = rows.lock(tenant, connectionId).account();
            return () -> renewed;
        } catch (TokenRefresher.RefreshRefused refused) {
            rows.move(tenant, connectionId, ConnectionState.UNHEALTHY, refused.getMessage());
            return () -> {
                throw new ConnectionUnusable(String.valueOf(refused.getMessage()));
            };
        } catch (TokenRefresher.RefreshUnavailable unavailable) {
            return () -> {
                throw new ConnectionUnavailable(String.valueOf(unavailable.getMessage()), unavailable);
            };
        }
    }
}
