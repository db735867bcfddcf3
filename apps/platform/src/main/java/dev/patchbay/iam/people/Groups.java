package dev.patchbay.iam.people;

import dev.patchbay.iam.GroupId;
import dev.patchbay.iam.access.Access;
import dev.patchbay.iam.access.Delegation;
import dev.patchbay.iam.access.Identity;
import dev.patchbay.iam.access.LastAdminGuard;
import dev.patchbay.iam.access.RoleAssignments;
import dev.patchbay.iam.tenants.Clients;
import dev.patchbay.kernel.ChangeAudit;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Permission;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.UserId;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;

/**
 * Manages groups of users, each of the tenant or of one client. Changing the members requires the permissions of the group's
 * roles.
 */
@Component
public class Groups {

    private static final Set<Permission> ASSIGN_ROLES = Set.of(Permission.of("assign:roles"));

    private final GroupRepository repository;
    private final UserRepository users;
    private final RoleAssignments assignments;
    private final Delegation delegation;
    private final Clients clients;
    private final Access access;
    private final LastAdminGuard lastAdminGuard;
    private final Tenancy tenancy;
    private final ChangeAudit audit;
    private final Clock clock;

    Groups(
            GroupRepository repository,
            UserRepository users,
            RoleAssignments assignments,
            Delegation delegation,
            Clients clients,
            Access access,
            LastAdminGuard lastAdminGuard,
            Tenancy tenancy,
            ChangeAudit audit,
            Clock clock) {
        this.repository = repository;
        this.users = users;
        this.assignments = assignments;
        this.delegation = delegation;
        this.clients = clients;
        this.access = access;
        this.lastAdminGuard = lastAdminGuard;
        this.tenancy = tenancy;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Returns the groups within the scope, by id.
     *
     * @param after the id of the last one already listed; empty text starts at the first
     */
    public List<Group> list(TenantScope scope, int limit, String after) {
        return tenancy.inTenant(scope.tenant(), () -> repository.list(scope, null, limit, after));
    }

    /**
     * Creates a group of the tenant or of one client.
     *
     * @throws Problem {@code 404.client_not_found}; {@code 409.access_conflict} when the name is taken
     */
    public Group create(Identity author, TenantScope scope, String name, Optional<ClientId> client) {
        if (client.isEmpty() && !scope.isWholeTenant()) {
            throw new Problem(ProblemType.FORBIDDEN, "Name the client: you may create groups of clients only.");
        }
        client.filter(id -> clients.find(scope, id).isEmpty()).ifPresent(id -> {
            throw new Problem(ProblemType.CLIENT_NOT_FOUND, "There is no client " + id + ".");
        });
        TenantId tenant = scope.tenant();
        var group = new Group(
                GroupId.next(clock.instant()), name, client.map(ClientId::value).orElse(null), List.of());
        try {
            tenancy.inTenant(tenant, () -> {
                repository.insert(tenant, group);
                recordChange(author, tenant, "group.created", null, group);
            });
        } catch (DuplicateKeyException nameTaken) {
            throw new Problem(ProblemType.ACCESS_CONFLICT, "There is a group named " + name + " already.");
        }
        return group;
    }

    /** Deletes the group and its role assignments. */
    public void delete(Identity actor, TenantScope scope, GroupId id) {
        var tenant = scope.tenant();
        var group = requireExisting(scope, id);
        assignments.requireRolesOfGroup(actor, tenant, id.value(), "revoke");
        tenancy.inTenant(tenant, () -> {
            lastAdminGuard.runGuarded(tenant, () -> repository.delete(tenant, id));
            recordChange(actor, tenant, "group.deleted", group, null);
        });
        access.refresh(tenant);
    }

    /** Adds a user to the group; has no effect when they are a member already. */
    public Group addMember(Identity actor, TenantScope scope, GroupId id, UserId user) {
        Group group = requireExisting(scope, id);
        // The group may get roles later, and its members get them with it.
        delegation.requireHeld(
                actor,
                ASSIGN_ROLES,
                Optional.ofNullable(group.clientId()).map(ClientId::new),
                "A member has the roles that the group will have; you cannot add one without ");
        assignments.requireMayAddTo(actor, scope.tenant(), group.id().value());
        return changeMembers(actor, scope, id, "group.joined", () -> {
            if (users.find(scope, user).isEmpty()) {
                throw new Problem(ProblemType.USER_NOT_FOUND, "There is no user " + user + ".");
            }
            repository.addMember(scope.tenant(), id, user);
        });
    }

    /** Removes a user from the group. */
    public Group removeMember(Identity actor, TenantScope scope, GroupId id, UserId user) {
        var tenant = scope.tenant();
        assignments.requireRolesOfGroup(
                actor, tenant, requireExisting(scope, id).id().value(), "revoke");
        return changeMembers(
                actor,
                scope,
                id,
                "group.left",
                () -> lastAdminGuard.runGuarded(tenant, () -> repository.removeMember(tenant, id, user)));
    }

    private Group changeMembers(Identity actor, TenantScope scope, GroupId id, String action, Runnable change) {
        var tenant = scope.tenant();
        var after = tenancy.inTenant(tenant, () -> {
            var before = requireExisting(scope, id);
            change.run();
            var changed = requireExisting(scope, id);
            recordChange(actor, tenant, action, before, changed);
            return changed;
        });
        access.refresh(tenant);
        return after;
    }

    private void recordChange(
            Identity actor, TenantId tenant, String action, @Nullable Group before, @Nullable Group after) {
        Group group = after == null ? Objects.requireNonNull(before) : after;
        audit.recordChange(group.scope(tenant), actor.subject(), action, "group/" + group.id(), before, after);
    }

    private Group requireExisting(TenantScope scope, GroupId id) {
        return tenancy.inTenant(scope.tenant(), () -> repository.list(scope, id, 1, "")).stream()
                .findFirst()
                .orElseThrow(() -> new Problem(ProblemType.GROUP_NOT_FOUND, "There is no group " + id + "."));
    }
}
