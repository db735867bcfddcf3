package dev.patchbay.iam.access;

import dev.patchbay.iam.access.Decision.Via;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Permission;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Who may do what in one tenant, as of one version; never changes. A decision looks at what its subject holds, by scope. */
public final class Policy {

    /** The whole tenant, among the scopes. */
    private static final String TENANT = "";

    /**
     * @param subject a user or a group
     * @param client empty text: none
     * @param resource empty text: none
     * @param until {@link Instant#MAX} where it does not end
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
            return permissions.contains(permission) && until.isAfter(now);
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

    /** A user's grants, by client, by resource, and of the whole tenant. */
    private record Held(Map<String, List<Grant>> byScope, Set<String> clients) {}

    private final Map<String, List<Grant>> grants = new HashMap<>();
    private final Map<String, Set<String>> groups;
    private final Set<String> active;
    private final ConcurrentHashMap<String, Held> held = new ConcurrentHashMap<>();

    /**
     * @param groups by user
     * @param active the users who are neither suspended nor only invited
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

    /** The first grant that allows it on the resource or for the client, or in the whole tenant; null when none does. */
    public @Nullable Grant findGrant(
            String user, Permission permission, @Nullable String client, @Nullable String resource, Instant now) {
        if (!active.contains(user)) {
            return null;
        }
        Held mine = holdingsOf(user);
        Grant found = first(mine, TENANT, permission, now);
        if (found == null && client != null) {
            found = first(mine, client, permission, now);
        }
        return found == null && resource != null ? first(mine, resource, permission, now) : found;
    }

    private static @Nullable Grant first(Held mine, String scope, Permission permission, Instant now) {
        List<Grant> there = mine.byScope().get(scope);
        if (there != null) {
            for (Grant grant : there) {
                if (grant.allows(permission, now)) {
                    return grant;
                }
            }
        }
        return null;
    }

    /** The clients for which it is allowed, where it is not in the whole tenant. */
    Set<ClientId> clients(String user, Permission permission, Instant now) {
        var found = new HashSet<ClientId>();
        if (active.contains(user)) {
            Held mine = holdingsOf(user);
            for (String client : mine.clients()) {
                if (first(mine, client, permission, now) != null) {
                    found.add(new ClientId(client));
                }
            }
        }
        return found;
    }

    /** Everything the user holds, themselves and through groups. */
    Stream<Grant> grantsOf(String user) {
        return Stream.concat(Stream.of(user), groups.getOrDefault(user, Set.of()).stream())
                .flatMap(subject -> grants.getOrDefault(subject, List.of()).stream());
    }

    private Held holdingsOf(String user) {
        Held known = held.get(user);
        return known == null ? held.computeIfAbsent(user, this::gather) : known;
    }

    private Held gather(String user) {
        var byScope = new HashMap<String, List<Grant>>();
        var clients = new HashSet<String>();
        grantsOf(user).forEach(grant -> {
            byScope.computeIfAbsent(grant.scope(), scope -> new ArrayList<>()).add(grant);
            if (!grant.client().isEmpty()) {
                clients.add(grant.client());
            }
        });
        return new Held(byScope, clients);
    }
}
