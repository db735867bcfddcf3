package dev.patchbay.iam.access;

import dev.patchbay.iam.AssignmentId;
import dev.patchbay.iam.RoleId;
import dev.patchbay.iam.tenants.Clients;
import dev.patchbay.iam.tenants.Tenants;
import dev.patchbay.kernel.ChangeAudit;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.UserId;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;

/** Assigns roles to users and groups. Granting or revoking a role requires the permissions of that role. */
@Component
public class RoleAssignments {

    private static final int MAX_LISTED = 1_000;

    private final AssignmentRepository repository;
    private final RolePermissions roles;
    private final Delegation delegation;
    private final Access access;
    private final Clients clients;
    private final LastAdminGuard lastAdminGuard;
    private final Tenancy tenancy;
    private final ChangeAudit audit;
    private final Clock clock;

    RoleAssignments(
            AssignmentRepository repository,
            RolePermissions roles,
            Delegation delegation,
            Access access,
            Clients clients,
            LastAdminGuard lastAdminGuard,
            Tenancy tenancy,
            ChangeAudit audit,
            Clock clock) {
        this.repository = repository;
        this.roles = roles;
        this.delegation = delegation;
        this.access = access;
        this.clients = clients;
        this.lastAdminGuard = lastAdminGuard;
        this.tenancy = tenancy;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Returns the assignments within the scope, by id.
     *
     * @param subject the only user or group whose assignments are listed
     * @param after the id of the last one already listed; empty text starts at the first
     */
    public List<Assignment> list(TenantScope scope, Optional<String> subject, int limit, String after) {
        return tenancy.inTenant(scope.tenant(), () -> repository.list(scope, subject, limit, after));
    }

    /**
     * Grants a role.
     *
     * @param grantor must hold the permissions of the role in the scope for which it is granted
     * @throws Problem {@code 404} when the subject, role or client does not exist or is outside the scope;
     *     {@code 403.forbidden} when the grantor lacks a permission; {@code 409.access_conflict} when the same assignment
     *     exists; {@code 422.variables_invalid} when the role cannot be assigned for such a scope
     */
    public Assignment grant(Identity grantor, TenantScope scope, NewAssignment newAssignment) {
        if (!newAssignment.subject().startsWith("grp_")
                && !tenancy.inTenant(scope.tenant(), () -> repository.isVisible(scope, newAssignment.subject()))) {
            throw noSuchUser(newAssignment.subject());
        }
        return grantToInvited(grantor, scope, newAssignment);
    }

    /**
     * Grants a role as {@link #grant} does, to a user whom the grantor has just invited and who is in no client's scope yet.
     */
    public Assignment grantToInvited(Identity grantor, TenantScope scope, NewAssignment newAssignment) {
        TenantId tenant = scope.tenant();
        requireWithin(scope, newAssignment.client());
        requireHeld(grantor, tenant, newAssignment.role(), newAssignment.client(), "grant");
        var end = delegation.limit(
                grantor, roles.find(tenant, newAssignment.role()), newAssignment.client(), newAssignment.expiresAt());
        return assign(grantor.subject(), tenant, newAssignment.withEnd(end));
    }

    private static Problem noSuchUser(String subject) {
        return new Problem(ProblemType.USER_NOT_FOUND, "There is no user " + subject + ".");
    }

    /**
     * Grants a role as {@link #grant} does, without a check of the grantor. It serves the first user of a tenant and the system
     * itself.
     */
    public Assignment assign(String actor, TenantId tenant, NewAssignment newAssignment) {
        requireAssignable(tenant, newAssignment);
        var assignment = new Assignment(
                AssignmentId.next(clock.instant()),
                newAssignment.subject(),
                newAssignment.role(),
                newAssignment.client().map(ClientId::value).orElse(null),
                newAssignment.resource().orElse(null),
                newAssignment.expiresAt().orElse(null),
                actor,
                clock.instant());
        try {
            tenancy.inTenant(tenant, () -> {
                requireSubject(tenant, newAssignment.subject(), newAssignment.client());
                repository.insert(tenant, assignment);
                audit.recordChange(
                        scopeOf(tenant, newAssignment.client()),
                        actor,
                        "role.given",
                        assignment.auditName(),
                        null,
                        assignment);
            });
        } catch (DuplicateKeyException exists) {
            throw new Problem(
                    ProblemType.ACCESS_CONFLICT,
                    newAssignment.subject() + " already has the role " + newAssignment.role() + " for that scope.");
        }
        access.refresh(tenant);
        return assignment;
    }

    /**
     * Revokes an assignment.
     *
     * @throws Problem {@code 404.assignment_not_found}; {@code 403.forbidden} when the revoker lacks a permission of the role;
     *     {@code 409.access_conflict} when the tenant would have no administrator left
     */
    public void revoke(Identity revoker, TenantScope scope, AssignmentId id) {
        var tenant = scope.tenant();
        var assignment = tenancy.inTenant(tenant, () -> repository.find(scope, id))
                .orElseThrow(() -> new Problem(ProblemType.ASSIGNMENT_NOT_FOUND, "There is no assignment " + id + "."));
        requireHeld(revoker, tenant, assignment.role(), assignment.client(), "revoke");
        tenancy.inTenant(
                tenant, () -> lastAdminGuard.runGuarded(tenant, () -> delete(tenant, revoker.subject(), assignment)));
        access.refresh(tenant);
    }

    /** Deletes all assignments of a user who never signed in, within the tenant's transaction. */
    public void deleteAll(TenantId tenant, String actor, UserId user) {
        repository
                .list(TenantScope.of(tenant), Optional.of(user.value()), Integer.MAX_VALUE, "")
                .forEach(assignment -> delete(tenant, actor, assignment));
    }

    private void delete(TenantId tenant, String actor, Assignment assignment) {
        repository.delete(tenant, assignment.id());
        audit.recordChange(
                scopeOf(tenant, assignment.client()), actor, "role.taken", assignment.auditName(), assignment, null);
    }

    /**
     * Requires the permissions of every role that the user has, directly or through a group.
     *
     * @param action the action that the identity is about to do, as it reads before "the role"
     * @throws Problem {@code 403.forbidden}
     */
    public void requireRolesOfUser(Identity identity, TenantId tenant, UserId user, String action) {
        requireHeld(identity, tenant, tenancy.inTenant(tenant, () -> repository.listOfUser(tenant, user)), action);
    }

    /** Requires the permissions of every role of a group, as {@link #requireRolesOfUser} does for a user. */
    public void requireRolesOfGroup(Identity identity, TenantId tenant, String group, String action) {
        requireHeld(identity, tenant, list(TenantScope.of(tenant), Optional.of(group), Integer.MAX_VALUE, ""), action);
    }

    private void requireHeld(Identity identity, TenantId tenant, List<Assignment> assignments, String action) {
        assignments.forEach(
                assignment -> requireHeld(identity, tenant, assignment.role(), assignment.client(), action));
    }

    /**
     * Requires that the identity may add members to the group: it must hold the permissions of the group's roles for as long as
     * the group has them.
     *
     * @throws Problem {@code 403.forbidden}
     */
    public void requireMayAddTo(Identity identity, TenantId tenant, String group) {
        requireRolesOfGroup(identity, tenant, group, "grant");
        list(TenantScope.of(tenant), Optional.of(group), Integer.MAX_VALUE, "")
                .forEach(assignment -> delegation.requireHeldUntil(
                        identity,
                        roles.find(tenant, assignment.role()),
                        assignment.client(),
                        Optional.ofNullable(assignment.expiresAt()).orElse(Instant.MAX),
                        "add a member to a group with the role " + assignment.role()));
    }

    private void requireHeld(
            Identity identity, TenantId tenant, RoleId role, Optional<ClientId> client, String action) {
        delegation.requireHeld(
                identity,
                roles.find(tenant, role),
                client,
                "You cannot " + action + " the role " + role + ", because you do not hold for that scope ");
    }

    /** Returns at most 1,000 assignments that these users or service tokens made, by id. */
    public List<Assignment> listGivenBy(TenantId tenant, List<String> givers) {
        return tenancy.inTenant(tenant, () -> repository.listGivenBy(tenant, givers, MAX_LISTED));
    }

    /**
     * Ends the assignments that these users or service tokens made.
     *
     * @return the assignments that were ended
     */
    public List<Assignment> revokeGivenBy(Identity revoker, TenantId tenant, List<String> givers) {
        var assignments = listGivenBy(tenant, givers);
        assignments.forEach(
                assignment -> requireHeld(revoker, tenant, assignment.role(), assignment.client(), "revoke"));
        tenancy.inTenant(
                tenant,
                () -> lastAdminGuard.runGuarded(
                        tenant,
                        () -> assignments.forEach(assignment -> delete(tenant, revoker.subject(), assignment))));
        access.refresh(tenant);
        return assignments;
    }

    private void requireWithin(TenantScope scope, Optional<ClientId> client) {
        client.filter(id -> clients.find(scope, id).isEmpty()).ifPresent(id -> {
            throw new Problem(ProblemType.CLIENT_NOT_FOUND, "There is no client " + id + ".");
        });
        if (client.isEmpty() && !scope.isWholeTenant()) {
            throw new Problem(ProblemType.FORBIDDEN, "Name the client: you may grant roles for clients only.");
        }
    }

    private void requireAssignable(TenantId tenant, NewAssignment newAssignment) {
        if (newAssignment.role().equals(SystemRole.PLATFORM_ADMIN) && !tenant.equals(Tenants.PLATFORM)) {
            throw new Problem(ProblemType.ROLE_NOT_FOUND, "There is no role platform-admin in this agency.");
        }
        boolean assignable = SystemRole.findByName(newAssignment.role())
                .map(role -> role.targets().contains(newAssignment.target()))
                .orElse(true);
        if (!assignable
                || (newAssignment.client().isPresent()
                        && newAssignment.resource().isPresent())) {
            throw new Problem(
                    ProblemType.VARIABLES_INVALID,
                    "The role " + newAssignment.role() + " cannot be granted for "
                            + switch (newAssignment.target()) {
                                case CLIENT -> "one client.";
                                case RESOURCE -> "one resource.";
                                case TENANT -> "the whole agency.";
                            });
        }
        if (newAssignment
                .expiresAt()
                .filter(end -> !end.isAfter(clock.instant()))
                .isPresent()) {
            throw new Problem(ProblemType.VARIABLES_INVALID, "expiresAt is in the past.");
        }
    }

    /** Requires that the subject exists. A group of one client can have roles for that client only. */
    private void requireSubject(TenantId tenant, String subject, Optional<ClientId> client) {
        if (!subject.startsWith("grp_")) {
            if (!repository.userExists(tenant, subject)) {
                throw noSuchUser(subject);
            }
            return;
        }
        String owner = repository
                .findClientOfGroup(tenant, subject)
                .orElseThrow(() -> new Problem(ProblemType.GROUP_NOT_FOUND, "There is no group " + subject + "."));
        if (!owner.isEmpty() && !client.map(ClientId::value).equals(Optional.of(owner))) {
            throw new Problem(
                    ProblemType.VARIABLES_INVALID,
                    "The group " + subject + " belongs to one client and can have roles for that client only.");
        }
    }

    private static TenantScope scopeOf(TenantId tenant, Optional<ClientId> client) {
        return client.map(id -> TenantScope.of(tenant, id)).orElse(TenantScope.of(tenant));
    }
}
