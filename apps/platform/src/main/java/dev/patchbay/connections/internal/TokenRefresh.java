package dev.patchbay.connections.internal;

import dev.patchbay.connections.Account;
import dev.patchbay.connections.ConnectionState;
import dev.patchbay.connections.ProviderUnreachable;
import dev.patchbay.connections.ReconnectRequired;
import dev.patchbay.connections.spi.TokenRefresher;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Refreshes access tokens, one refresh at a time for a connection: a refresh token may be valid for one use only, and a second
 * use ends the grant. Callers in one process wait for a lock in memory, so that many of them take one database connection;
 * processes wait for the lock of the row.
 */
@Component
final class TokenRefresh {

    private final ConnectionRepository connections;
    private final SecretRepository secrets;
    private final Tenancy tenancy;
    private final OAuthApps apps;
    private final Clock clock;
    private final Map<String, TokenRefresher> refreshers;
    private final ConcurrentHashMap<String, ReentrantLock> locks = new ConcurrentHashMap<>();

    TokenRefresh(
            ConnectionRepository connections,
            SecretRepository secrets,
            Tenancy tenancy,
            OAuthApps apps,
            List<TokenRefresher> refreshers,
            Clock clock) {
        this.connections = connections;
        this.secrets = secrets;
        this.tenancy = tenancy;
        this.apps = apps;
        this.clock = clock;
        this.refreshers = refreshers.stream().collect(Collectors.toMap(TokenRefresher::provider, Function.identity()));
    }

    boolean speaksOAuth(Account account) {
        return refreshers.containsKey(account.provider());
    }

    /** The connection's account with a valid token: read again under the lock, and refreshed if it is still stale then. */
    Account refreshIf(TenantId tenant, ConnectionId connectionId, Predicate<StoredConnection> isStale) {
        requireNoTransaction();
        var lock = locks.computeIfAbsent(tenant + "/" + connectionId, key -> new ReentrantLock());
        lock.lock();
        try {
            // The start is committed first: if this process dies with the response, the next one knows since when.
            Optional<Instant> unansweredSince = tenancy.inTenant(tenant, () -> start(tenant, connectionId, isStale));
            // Both tokens are committed before anyone uses them; a refusal is committed before it is thrown.
            return tenancy.inTenant(tenant, () -> refreshLocked(tenant, connectionId, isStale, unansweredSince))
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

    /** Records the start; returns when an earlier refresh started whose result is not known. */
    private Optional<Instant> start(TenantId tenant, ConnectionId connectionId, Predicate<StoredConnection> isStale) {
        StoredConnection stored = connections.lock(tenant, connectionId);
        if (isStale.test(stored) && stored.refreshStartedAt().isEmpty()) {
            connections.markRefreshStarted(tenant, connectionId, clock.instant());
        }
        return stored.refreshStartedAt();
    }

    private Result refreshLocked(
            TenantId tenant,
            ConnectionId connectionId,
            Predicate<StoredConnection> isStale,
            Optional<Instant> unansweredAtStart) {
        StoredConnection stored = connections.lock(tenant, connectionId);
        // Another process may have learnt the result meanwhile.
        Optional<Instant> unansweredSince =
                unansweredAtStart.filter(since -> stored.refreshStartedAt().equals(unansweredAtStart));
        if (!isStale.test(stored)) {
            return stored::account;
        }
        try {
            var tokens = Objects.requireNonNull(refreshers.get(stored.account().provider()))
                    .refresh(apps.addClientSecret(stored.account()), unansweredSince);
            return store(tenant, connectionId, tokens);
        } catch (TokenRefresher.RefreshRefused refused) {
            connections.clearRefreshStarted(tenant, connectionId);
            connections.changeState(tenant, connectionId, ConnectionState.UNHEALTHY, refused.getMessage());
            return () -> {
                throw new ReconnectRequired(String.valueOf(refused.getMessage()));
            };
        } catch (TokenRefresher.RefreshUnavailable unavailable) {
            if (!unavailable.mayHaveRefreshed()) {
                unansweredSince.ifPresentOrElse(
                        since -> connections.markRefreshStarted(tenant, connectionId, since),
                        () -> connections.clearRefreshStarted(tenant, connectionId));
            }
            return () -> {
                throw new ProviderUnreachable(connectionId, String.valueOf(unavailable.getMessage()), unavailable);
            };
        }
    }

    private Result store(TenantId tenant, ConnectionId connectionId, TokenRefresher.Tokens tokens) {
        secrets.put(tenant, connectionId, SecretNames.ACCESS_TOKEN, tokens.accessToken(), tokens.expiresAt());
        tokens.refreshToken()
                .ifPresent(successor -> secrets.put(tenant, connectionId, SecretNames.REFRESH_TOKEN, successor));
        connections.clearRefreshStarted(tenant, connectionId);
        Account refreshed = connections.lock(tenant, connectionId).account();
        return () -> refreshed;
    }
}
