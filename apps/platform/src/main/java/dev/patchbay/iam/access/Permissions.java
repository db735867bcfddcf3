package dev.patchbay.iam.access;

import dev.patchbay.kernel.Permission;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Every permission there is. A method that requires another does not start; a role that names another is refused. */
public final class Permissions {

    private static final Map<Permission, String> TENANT = described(
            "read:clients", "see the businesses that the agency serves",
            "write:clients", "create and change them",
            "read:users", "see people and their sessions",
            "invite:users", "invite people",
            "suspend:users", "suspend and restore people, end their sessions",
            "read:groups", "see groups and their members",
            "write:groups", "make groups and change who belongs to them",
            "read:roles", "see roles, assignments, and who may do what",
            "write:roles", "make roles of the agency's own",
            "assign:roles", "give and take roles; never more than one holds",
            "read:tokens", "see service tokens, without what they are",
            "issue:tokens", "issue and revoke them; never for more than one holds",
            "read:audit", "read the trail",
            "read:connections", "see connected accounts and what serves whom",
            "write:connections", "connect, rotate and disconnect accounts",
            "bind:connections", "say which account serves a client",
            "read:events", "see what providers told, transcripts included",
            "read:raw-events", "read bodies as they came",
            "replay:events", "let events be handled again",
            "erase:persons", "erase a person's data",
            "read:ingress", "see what waits and what was refused",
            "operate:ingress", "map what is nobody's, ask providers for what was lost",
            "read:flows", "see flows and their versions",
            "write:flows", "draft, promote, roll back and assign flows",
            "run:flows", "start, pause, answer, cancel and replay runs",
            "read:runs", "see runs and what happened in them, transcripts included",
            "read:billing", "see plans, usage and invoices",
            "write:billing", "change plans and prices, issue invoices");

    /** Held by nobody through a wildcard: they reach beyond the tenant. */
    private static final Map<Permission, String> PLATFORM = described(
            "operate:platform", "see what belongs to no tenant, rotate the installation's keys",
            "create:tenants", "create agencies and invite their first user",
            "impersonate:users", "act for a user of an agency, for a stated reason and time");

    private static final Map<Permission, String> ALL = both();

    private Permissions() {}

    /** Each with what it lets do, in the order of the registry. */
    public static Map<Permission, String> all() {
        return Collections.unmodifiableMap(ALL);
    }

    /** Whether it reaches beyond a tenant. */
    public static boolean isPlatform(Permission permission) {
        return PLATFORM.containsKey(permission);
    }

    /** What the patterns amount to; a pattern with a wildcard brings nothing that reaches beyond the tenant. */
    public static Set<Permission> expand(Collection<Permission> patterns) {
        var held = new LinkedHashSet<Permission>();
        for (Permission permission : ALL.keySet()) {
            if (patterns.contains(permission)
                    || (!isPlatform(permission)
                            && patterns.stream().anyMatch(pattern -> pattern.implies(permission)))) {
                held.add(permission);
            }
        }
        return Collections.unmodifiableSet(held);
    }

    private static Map<Permission, String> described(String... pairs) {
        var all = new LinkedHashMap<Permission, String>();
        for (int at = 0; at < pairs.length; at += 2) {
            all.put(Permission.of(pairs[at]), pairs[at + 1]);
        }
        return Collections.unmodifiableMap(all);
    }

    private static Map<Permission, String> both() {
        var all = new LinkedHashMap<>(TENANT);
        all.putAll(PLATFORM);
        return Collections.unmodifiableMap(all);
    }
}
