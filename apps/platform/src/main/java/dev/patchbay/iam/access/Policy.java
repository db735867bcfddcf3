package dev.patchbay.iam.access;

import dev.patchbay.iam.access.Decision.Via;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Permission;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The assignments of one tenant in one version of its policy; immutable. Decisions look up a user's grants by scope. */
public final class Policy {

    /** The key under which grants for the whole tenant are stored. */
    private static final String TENANT = "";

    /**
     * An assignment with the permissions of its role.
     *
     * @param subject a user's or a group's id
     * @param client empty text when the grant is not limited to a client
     * @param resource empty text when the grant is not limited to a resource
     * @param until {@link Instant#MAX} when it does not expire
     */
    public record Grant(
            String assignment,
            String subject,
            String role,
            Set<Permission> permissions,
            String client,
            String resource,
            Instant until) {

        boolean allows(Permission permission, Instant now) {
            return permissions.contains(permission) && until.isAfter(now) && reaches(permission);
        }

        private boolean reaches(Permission permission) {
            return (client.isEmpty() && resource.isEmpty()) || !Permissions.isAgencyWide(permission);
        }

        private boolean covers(@Nullable String ofClient) {
            return resource.isEmpty() && (client.isEmpty() || client.equals(ofClient));
        }

        private String scope() {
            return client.isEmpty() ? resource : client;
        }

        Via via(String user) {
            return new Via(
                    assignment,
                    role,
                    subject.equals(user) ? null : subject,
                    client.isEmpty() ? null : client,
                    resource.isEmpty() ? null : resource,
                    until.equals(Instant.MAX) ? Optional.empty() : Optional.of(until));
        }
    }

    /** A user's grants by scope: the whole tenant, a client or a resource. */
    private record UserGrants(Map<String, List<Grant>> byScope, Set<String> clients) {}

    private final Map<String, List<Grant>> grants = new HashMap<>();
    private final Map<String, Set<String>> groups;
    private final Set<String> active;
    private final ConcurrentHashMap<String, UserGrants> byUser = new ConcurrentHashMap<>();

    /**
     * Groups the grants by subject.
     *
     * @param groups the ids of each user's groups
     * @param active the ids of the active users
     */
    public Policy(List<Grant> all, Map<String, Set<String>> groups, Set<String> active) {
        all.forEach(grant -> grants.computeIfAbsent(grant.subject(), subject -> new ArrayList<>())
                .add(grant));
        this.groups = groups;
        this.active = active;
    }

    boolean isActive(String user) {
        return active.contains(user);
    }

    Set<String> active() {
        return active;
    }

    /**
     * Returns the first grant that allows the permission in the whole tenant, for the client or for the resource; null when
     * none does.
     */
    public @Nullable Grant findGrant(
            String user, Permission permission, @Nullable String client, @Nullable String resource, Instant now) {
        if (!active.contains(user)) {
            return null;
        }
        UserGrants own = userGrants(user);
        Grant found = findFirst(own, TENANT, permission, now);
        if (found == null && client != null) {
            found = findFirst(own, client, permission, now);
        }
        return found == null && resource != null ? findFirst(own, resource, permission, now) : found;
    }

    private static @Nullable Grant findFirst(UserGrants own, String scope, Permission permission, Instant now) {
        List<Grant> inScope = own.byScope().get(scope);
        if (inScope != null) {
            for (Grant grant : inScope) {
                if (grant.allows(permission, now)) {
                    return grant;
                }
            }
        }
        return null;
    }

    /** Returns the clients for which the user holds the permission through assignments of these clients. */
    Set<ClientId> clients(String user, Permission permission, Instant now) {
        var found = new HashSet<ClientId>();
        if (active.contains(user)) {
            UserGrants own = userGrants(user);
            for (String client : own.clients()) {
                if (findFirst(own, client, permission, now) != null) {
                    found.add(new ClientId(client));
                }
            }
        }
        return found;
    }

    /** Returns the scope in which the user holds the permission; empty when they hold it nowhere. */
    Optional<TenantScope> findScope(TenantId tenant, String user, Permission permission, Instant now) {
        if (findGrant(user, permission, null, null, now) != null) {
            return Optional.of(TenantScope.of(tenant));
        }
        return Optional.of(clients(user, permission, now))
                .filter(Predicate.not(Set::isEmpty))
                .map(found -> TenantScope.of(tenant, found));
    }

    /** Returns the earliest end of those of the permissions that the user holds for the client, or for the whole tenant. */
    Instant heldUntil(String user, Set<Permission> permissions, @Nullable String client, Instant now) {
        return permissions.stream()
                .flatMap(permission -> grantsOf(user)
                        .filter(grant -> grant.allows(permission, now) && grant.covers(client))
                        .map(Grant::until)
                        .max(Comparator.naturalOrder())
                        .stream())
                .min(Comparator.naturalOrder())
                .orElse(Instant.MAX);
    }

    /** Returns the user's grants, direct and through groups. */
    Stream<Grant> grantsOf(String user) {
        return Stream.concat(Stream.of(user), groups.getOrDefault(user, Set.of()).stream())
                .flatMap(subject -> grants.getOrDefault(subject, List.of()).stream());
    }

    private UserGrants userGrants(String user) {
        UserGrants computed = byUser.get(user);
        return computed == null ? byUser.computeIfAbsent(user, this::groupByScope) : computed;
    }

    private UserGrants groupByScope(String user) {
        var byScope = new HashMap<String, List<Grant>>();
        var clients = new HashSet<String>();
        grantsOf(user).forEach(grant -> {
            byScope.computeIfAbsent(grant.scope(), scope -> new ArrayList<>()).add(grant);
            if (!grant.client().isEmpty()) {
                clients.add(grant.client());
            }
        });
        return new UserGrants(byScope, clients);
    }
}
