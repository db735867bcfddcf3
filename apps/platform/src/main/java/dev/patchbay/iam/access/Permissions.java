package dev.patchbay.iam.access;

import dev.patchbay.kernel.Permission;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** The registry of permissions. A controller that requires an unregistered one fails a test; a role that names one is refused. */
public final class Permissions {

    private static final Map<Permission, String> TENANT = describe(
            "read:clients", "see the agency's clients",
            "write:clients", "create and change clients",
            "read:users", "see users and their sessions",
            "invite:users", "invite users",
            "suspend:users", "suspend and restore users, end their sessions",
            "read:groups", "see groups and their members",
            "write:groups", "create groups and change their members",
            "read:roles", "see roles, assignments and effective permissions",
            "write:roles", "define custom roles",
            "assign:roles", "grant and revoke roles whose permissions one holds",
            "read:tokens", "see service tokens, without their secrets",
            "issue:tokens", "issue and revoke service tokens with permissions one holds",
            "read:audit", "read the audit trail",
            "read:connections", "see connections and bindings",
            "write:connections", "connect accounts, rotate their secrets, disconnect them",
            "bind:connections", "bind connections to clients",
            "read:events", "see events, transcripts included",
            "read:raw-events", "read raw webhook bodies",
            "replay:events", "replay events",
            "erase:persons", "erase a person's data",
            "read:ingress", "see the backlog and rejected webhooks",
            "operate:ingress", "map unassigned sources, poll providers for missed events",
            "read:flows", "see flows and their versions",
            "write:flows", "draft, promote, roll back and assign flows",
            "run:flows", "start, pause, answer, cancel and replay runs",
            "read:runs", "see runs and their steps, transcripts included",
            "read:flags", "see which features are on, and why",
            "read:prompts", "see prompt templates, clients' prompts and their releases",
            "write:prompts", "draft and release templates, edit and release clients' prompts, merge updates",
            "approve:prompts", "approve releases of prompts",
            "read:deployments", "see what is published at providers, and drift",
            "apply:deployments", "publish to providers and roll back",
            "read:billing", "see plans, usage and invoices",
            "write:billing", "change plans and prices, issue invoices");

    /**
     * Permissions about what only the agency may know or do, such as what a client's calls cost it. They are held with the reach
     * of the whole agency or not at all: an assignment or token for one client never includes them.
     */
    private static final Map<Permission, String> AGENCY = describe(
            "read:costs", "see what providers charge, and the agency's margin",
            "approve:prices", "approve versions of plans",
            "collect:usage", "collect usage from providers now, attribute it to clients",
            "post:payments", "record payments, decide about differences to providers' invoices",
            "refund:payments", "refund payments");

    /** Permissions that reach beyond the tenant; no wildcard includes them. */
    private static final Map<Permission, String> PLATFORM = describe(
            "operate:platform", "see what belongs to no tenant, rotate the installation's keys",
            "write:flags", "put agencies and users on the lists of features, switch features off",
            "approve:flags", "approve changes of features that another operator asked for",
            "create:tenants", "create agencies and invite their owners",
            "impersonate:users", "impersonate a user of an agency, for a stated reason and time");

    private static final Map<Permission, String> ALL = merge();

    private Permissions() {}

    /** All permissions with their descriptions, in the order of the registry. */
    public static Map<Permission, String> all() {
        return Collections.unmodifiableMap(ALL);
    }

    /** Whether it reaches beyond the tenant. */
    public static boolean isPlatform(Permission permission) {
        return PLATFORM.containsKey(permission);
    }

    /** Whether it is held with the reach of the whole agency only. */
    public static boolean isAgencyWide(Permission permission) {
        return AGENCY.containsKey(permission);
    }

    /** The permissions that the patterns imply; a wildcard implies none that reaches beyond the tenant. */
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

    private static Map<Permission, String> describe(String... pairs) {
        var all = new LinkedHashMap<Permission, String>();
        for (int at = 0; at < pairs.length; at += 2) {
            all.put(Permission.of(pairs[at]), pairs[at + 1]);
        }
        return Collections.unmodifiableMap(all);
    }

    private static Map<Permission, String> merge() {
        var all = new LinkedHashMap<>(TENANT);
        all.putAll(AGENCY);
        all.putAll(PLATFORM);
        return Collections.unmodifiableMap(all);
    }
}
