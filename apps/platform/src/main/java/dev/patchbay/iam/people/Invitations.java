package dev.patchbay.iam.people;

import dev.patchbay.iam.InvitationId;
import dev.patchbay.iam.access.Identity;
import dev.patchbay.iam.access.NewAssignment;
import dev.patchbay.iam.access.RoleAssignments;
import dev.patchbay.iam.access.SystemRole;
import dev.patchbay.kernel.ChangeAudit;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.UserId;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;

/**
 * Manages invitations by mail. The link works once, for a week, for the person who signs in with that address verified. Roles
 * are assigned at once, but allow nothing before the invitation is accepted. To invite, resend or revoke, an identity must hold
 * every role that the user has or would get.
 */
@Component
public class Invitations {

    private final InvitationRepository repository;
    private final InvitationSender sender;
    private final UserRepository users;
    private final RoleAssignments assignments;
    private final UserRoles roles;
    private final Tenancy tenancy;
    private final ChangeAudit audit;
    private final Clock clock;

    Invitations(
            InvitationRepository repository,
            InvitationSender sender,
            UserRepository users,
            RoleAssignments assignments,
            UserRoles roles,
            Tenancy tenancy,
            ChangeAudit audit,
            Clock clock) {
        this.repository = repository;
        this.sender = sender;
        this.users = users;
        this.assignments = assignments;
        this.roles = roles;
        this.tenancy = tenancy;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Invites a person.
     *
     * @param offered the roles, at least one; their subjects are ignored
     * @throws Problem {@code 409.access_conflict} when a user has that address; otherwise as {@link RoleAssignments#grant}
     */
    public Invitation invite(Identity inviter, TenantScope scope, Invitee invitee, List<NewAssignment> offered) {
        TenantId tenant = scope.tenant();
        return inTenantOnce(tenant, () -> {
            UserId user = addInvited(tenant, inviter.subject(), invitee);
            offered.forEach(role -> assignments.grantToInvited(inviter, scope, role.withSubject(user.value())));
            return sender.send(inviter, tenant, user);
        });
    }

    /** Invites the first user of a tenant as its administrator. */
    public Invitation inviteOwner(TenantId tenant, String actor, Invitee owner) {
        return tenancy.inTenant(tenant, () -> {
            UserId user = addInvited(tenant, actor, owner);
            assignments.assign(actor, tenant, NewAssignment.ofTenant(user.value(), SystemRole.TENANT_ADMIN));
            return sender.sendUnlimited(tenant, actor, user);
        });
    }

    /**
     * Adds an invited user. A person whose invitation has expired keeps their id, but not the roles and groups of that
     * invitation.
     */
    private UserId addInvited(TenantId tenant, String actor, Invitee invitee) {
        Instant now = clock.instant();
        var existing = users.findByEmail(tenant, invitee.email());
        if (existing.isEmpty()) {
            var user = new User(UserId.next(now), invitee.email(), invitee.name(), UserState.INVITED, now);
            users.insert(tenant, user);
            return user.id();
        }
        UserId user = existing.get().id();
        if (!existing.get().isInvited() || repository.hasOpen(tenant, user, now)) {
            throw addressTaken();
        }
        repository.revokeAll(tenant, user, now);
        roles.removeAll(tenant, actor, user);
        return user;
    }

    private static Problem addressTaken() {
        return new Problem(
                ProblemType.ACCESS_CONFLICT,
                "A user with that address exists or is invited already; grant roles to that user.");
    }

    /**
     * Runs the work in the tenant's transaction. Of concurrent invitations to one address, the first succeeds and the others
     * are refused.
     */
    private Invitation inTenantOnce(TenantId tenant, Supplier<Invitation> work) {
        try {
            return tenancy.inTenant(tenant, work);
        } catch (DuplicateKeyException concurrent) {
            throw addressTaken();
        }
    }

    /**
     * Sends an active user a link by which they sign in with another account, after their account was lost or the tenant moved
     * to another issuer. When they follow the link, their account is replaced and their sessions end.
     *
     * @param inviter must hold every role of the user
     * @throws Problem {@code 404.user_not_found}; {@code 403.forbidden}; {@code 409.access_conflict} when the user is not
     *     active
     */
    public Invitation inviteAgain(Identity inviter, TenantId tenant, UserId id) {
        return inTenantOnce(tenant, () -> {
            var user = users.find(TenantScope.of(tenant), id)
                    .orElseThrow(() -> new Problem(ProblemType.USER_NOT_FOUND, "There is no user " + id + "."));
            if (!user.isActive()) {
                throw new Problem(
                        ProblemType.ACCESS_CONFLICT, id + " is " + user.state().label() + ".");
            }
            assignments.requireRolesOfUser(inviter, tenant, id, "send a link to a user who has");
            repository.revokeAll(tenant, id, clock.instant());
            return sender.send(inviter, tenant, id);
        });
    }

    /**
     * Returns the invitations within the scope, newest first. In a scope of clients these are the invitations of users who have
     * a role for one of the clients.
     *
     * @param after the id of the last one already listed; empty text starts at the newest
     */
    public List<Invitation> list(TenantScope scope, int limit, String after) {
        return tenancy.inTenant(scope.tenant(), () -> repository.list(scope, limit, after));
    }

    /**
     * Sends a new link and revokes the previous one.
     *
     * @param inviter must hold every role the user would get
     * @throws Problem {@code 404.invitation_not_found} unless it is open or expired and within the scope; {@code 403.forbidden}
     */
    public Invitation resend(Identity inviter, TenantScope scope, InvitationId id) {
        TenantId tenant = scope.tenant();
        return tenancy.inTenant(tenant, () -> {
            UserId user = revoke(inviter, scope, id, "grant").userId();
            return sender.send(inviter, tenant, user);
        });
    }

    /**
     * Revokes an invitation, with the roles and groups that the user would have had.
     *
     * @param revoker must hold every role the user would get
     * @throws Problem {@code 404.invitation_not_found} unless it is open or expired and within the scope; {@code 403.forbidden}
     */
    public void revoke(Identity revoker, TenantScope scope, InvitationId id) {
        TenantId tenant = scope.tenant();
        tenancy.inTenant(tenant, () -> {
            Invitation revoked = revoke(revoker, scope, id, "revoke");
            // An active user was sent a link for another account, and keeps their roles and groups.
            users.find(TenantScope.of(tenant), revoked.userId())
                    .filter(User::isInvited)
                    .ifPresent(user -> roles.removeAll(tenant, revoker.subject(), user.id()));
            audit.recordChange(
                    TenantScope.of(tenant),
                    revoker.subject(),
                    "invitation.revoked",
                    "user/" + revoked.userId(),
                    revoked,
                    null);
        });
    }

    private Invitation revoke(Identity actor, TenantScope scope, InvitationId id, String action) {
        TenantId tenant = scope.tenant();
        Instant now = clock.instant();
        Invitation invitation = repository
                .find(tenant, id)
                .filter(found -> users.find(scope, found.userId()).isPresent())
                .orElseThrow(() -> notOpen(id));
        assignments.requireRolesOfUser(actor, tenant, invitation.userId(), action);
        boolean revoked =
                invitation.stateAt(now).mayBecome(InvitationState.REVOKED) && repository.revoke(tenant, id, now);
        if (!revoked) {
            throw notOpen(id);
        }
        return invitation;
    }

    private static Problem notOpen(InvitationId id) {
        return new Problem(ProblemType.INVITATION_NOT_FOUND, "There is no open invitation " + id + ".");
    }
}
