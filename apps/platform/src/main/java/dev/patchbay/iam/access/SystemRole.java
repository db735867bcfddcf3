package dev.patchbay.iam.access;

import dev.patchbay.iam.RoleId;
import dev.patchbay.kernel.Permission;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A role that every tenant has.
 *
 * @param name the name that assignments use
 * @param targets the scopes for which it can be assigned
 */
public record SystemRole(String name, String description, Set<Target> targets, Set<Permission> permissions) {

    public static final RoleId PLATFORM_ADMIN = new RoleId("platform-admin");
    public static final RoleId TENANT_ADMIN = new RoleId("tenant-admin");

    /** The scope of an assignment: the whole tenant, one client or one resource. */
    public enum Target {
        TENANT,
        CLIENT,
        RESOURCE
    }

    /** All system roles. */
    public static final List<SystemRole> ALL = List.of(
            of(
                    "platform-admin",
                    "runs the installation: creates agencies and, for a stated reason, acts for their users",
                    Set.of(Target.TENANT),
                    "*:*",
                    "operate:platform",
                    "write:flags",
                    "approve:flags",
                    "create:tenants",
                    "impersonate:users"),
            of("tenant-admin", "may do everything in the agency", Set.of(Target.TENANT), "*:*"),
            of(
                    "billing-admin",
                    "plans, prices and invoices",
                    Set.of(Target.TENANT, Target.CLIENT),
                    "*:billing",
                    "read:clients",
                    "read:costs",
                    "approve:prices",
                    "collect:usage",
                    "post:payments",
                    "refund:payments"),
            of(
                    "flow-manager",
                    "drafts and promotes flows, repairs runs",
                    Set.of(Target.values()),
                    "*:flows",
                    "read:prompts",
                    "write:prompts",
                    "read:deployments",
                    "apply:deployments",
                    "read:runs",
                    "read:events",
                    "replay:events",
                    "read:ingress",
                    "read:clients",
                    "read:flags",
                    "read:connections",
                    "bind:connections"),
            of(
                    "client-admin",
                    "may do everything for a client, and assigns its roles",
                    Set.of(Target.CLIENT),
                    "read:*",
                    "write:groups",
                    "invite:users",
                    "assign:roles",
                    "replay:events",
                    "erase:persons",
                    "run:flows",
                    "approve:prompts"),
            of(
                    "client-operator",
                    "sees a client's calls and repairs its runs",
                    Set.of(Target.CLIENT),
                    "read:clients",
                    "read:events",
                    "replay:events",
                    "read:flows",
                    "run:flows",
                    "read:runs",
                    "read:prompts",
                    "read:deployments",
                    "read:connections"),
            of(
                    "client-viewer",
                    "sees a client's calls and runs",
                    Set.of(Target.CLIENT),
                    "read:clients",
                    "read:events",
                    "read:flows",
                    "read:runs",
                    "read:prompts",
                    "read:deployments"));

    private static SystemRole of(String name, String description, Set<Target> reaches, String... patterns) {
        Set<Permission> permissions =
                Permissions.expand(Stream.of(patterns).map(Permission::of).collect(Collectors.toSet())).stream()
                        .filter(permission -> reaches.contains(Target.TENANT) || !Permissions.isAgencyWide(permission))
                        .collect(Collectors.toCollection(LinkedHashSet::new));
        return new SystemRole(name, description, reaches, Collections.unmodifiableSet(permissions));
    }

    /** Returns the system role with that name; empty when there is none, as for a custom role's id. */
    public static Optional<SystemRole> findByName(RoleId name) {
        return ALL.stream().filter(role -> role.name.equals(name.value())).findFirst();
    }
}
