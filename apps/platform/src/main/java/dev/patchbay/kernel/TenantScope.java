package dev.patchbay.kernel;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The rows that a request may read and write: all of a tenant's, or those of some of its clients. It comes from the session,
 * the service token or the ingress key, never from a request body.
 *
 * @param clients the clients of this scope; empty for every client and the rows of the tenant itself
 */
public record TenantScope(TenantId tenant, Optional<Set<ClientId>> clients) {

    /** Returns the scope of all rows of a tenant. */
    public static TenantScope of(TenantId tenant) {
        return new TenantScope(tenant, Optional.empty());
    }

    /** Returns the scope of one client's rows. */
    public static TenantScope of(TenantId tenant, ClientId client) {
        return of(tenant, Set.of(client));
    }

    /** Returns the scope of these clients' rows. */
    public static TenantScope of(TenantId tenant, Set<ClientId> clients) {
        return new TenantScope(tenant, Optional.<Set<ClientId>>of(Set.copyOf(clients)));
    }

    /** Returns whether the scope is the whole tenant. */
    public boolean isWholeTenant() {
        return clients.isEmpty();
    }

    /** Returns whether the client is within the scope; the tenant need not have such a client. */
    public boolean includes(ClientId client) {
        return clients.map(some -> some.contains(client)).orElse(true);
    }

    /** Returns the scope of the rows that are in both scopes of one tenant; empty when they have no client in common. */
    public Optional<TenantScope> intersect(TenantScope other) {
        if (isWholeTenant() || other.isWholeTenant()) {
            return Optional.of(isWholeTenant() ? other : this);
        }
        var common = new HashSet<>(clients.orElseThrow());
        common.retainAll(other.clients.orElseThrow());
        return common.isEmpty() ? Optional.empty() : Optional.of(of(tenant, common));
    }

    /** Returns the client, when the scope has exactly one. */
    public Optional<ClientId> client() {
        return clients.filter(some -> some.size() == 1)
                .map(some -> some.iterator().next());
    }

    /**
     * Returns the clients' ids in order, or null for the whole tenant. It is the parameter of
     * {@code (:scoped::text[] IS NULL OR client_id = ANY (:scoped))}.
     */
    public String @Nullable [] scoped() {
        return clients.map(some -> {
                    var ids = new TreeSet<String>();
                    some.forEach(client -> ids.add(client.value()));
                    return ids.toArray(String[]::new);
                })
                .orElse(null);
    }
}
