package dev.patchbay.iam.people;

import dev.patchbay.iam.access.Identity;
import dev.patchbay.iam.access.RoleAssignments;
import dev.patchbay.iam.access.UserRoles;
import dev.patchbay.iam.signin.SignInSettings;
import dev.patchbay.iam.spi.InvitationMail;
import dev.patchbay.iam.tenants.Tenants;
import dev.patchbay.kernel.ChangeAudit;
import dev.patchbay.kernel.Ids;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.Secret;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;

/**
 * Invitations by mail: a link that works once, for a week, for whoever then signs in with that address verified. The roles are
 * given at once; they let nobody do anything before the invitation is accepted.
 */
@Component
public class Invitations {

    static final Duration LIFE = Duration.ofDays(7);

    private final InvitationRepository rows;
    private final InvitationLimit limit;
    private final UserRepository users;
    private final RoleAssignments assignments;
    private final UserRoles roles;
    private final Tenants tenants;
    private final InvitationMail mail;
    private final SignInSettings settings;
    private final Tenancy tenancy;
    private final ChangeAudit audit;
    private final Clock clock;

    Invitations(
            InvitationRepository rows,
            InvitationLimit limit,
            UserRepository users,
            RoleAssignments assignments,
            UserRoles roles,
            Tenants tenants,
            InvitationMail mail,
            SignInSettings settings,
            Tenancy tenancy,
            ChangeAudit audit,
            Clock clock) {
        this.rows = rows;
        this.limit = limit;
        this.users = users;
        this.assignments = assignments;
        this.roles = roles;
        this.tenants = tenants;
        this.mail = mail;
        this.settings = settings;
        this.tenancy = tenancy;
        this.audit = audit;
        this.clock = clock;
    }

    public record Invitation(
            String id,
            String userId,
            String invitedBy,
            Instant createdAt,
            Instant expiresAt,
            @Nullable Instant acceptedAt,
            @Nullable Instant revokedAt) {}

    /** Somebody who is to join. */
    public record Invitee(String email, String name) {

        @Override
        public String toString() {
            return "Guest";
        }
    }

    /**
     * Invites somebody.
     *
     * @param wishes the roles, for {@code usr_}; at least one
     * @throws Problem {@code 409.access_conflict} when the address is a user's already; what {@link RoleAssignments#give} throws
     */
    public Invitation invite(
            Identity giver, TenantScope scope, Invitee invitee, List<RoleAssignments.NewAssignment> wishes) {
        TenantId tenant = scope.tenant();
        return first(tenant, () -> {
            String user = guest(tenant, giver.subject(), invitee);
            wishes.forEach(newAssignment -> assignments.give(giver, scope, of(user, newAssignment)));
            return send(tenant, giver.subject(), user);
        });
    }

    /** Invites the first user of an agency, who may do everything in it. */
    public Invitation inviteOwner(TenantId tenant, String actor, Invitee owner) {
        return tenancy.inTenant(tenant, () -> {
            String user = guest(tenant, actor, owner);
            assignments.put(
                    actor,
                    tenant,
                    new RoleAssignments.NewAssignment(
                            user, "tenant-admin", Optional.empty(), Optional.empty(), Optional.empty()));
            return send(tenant, actor, user);
        });
    }

    private static RoleAssignments.NewAssignment of(String user, RoleAssignments.NewAssignment newAssignment) {
        return new RoleAssignments.NewAssignment(
                user,
                newAssignment.role(),
                newAssignment.client(),
                newAssignment.resource(),
                newAssignment.expiresAt());
    }

    /** The user to be: one whose invitation is over is invited again under the id they had, with nothing of what came with it. */
    private String guest(TenantId tenant, String actor, Invitee invitee) {
        var known = users.withEmail(tenant, invitee.email());
        Instant now = clock.instant();
        if (known.isEmpty()) {
            var user = new Users.User(Ids.next("usr", now), invitee.email(), invitee.name(), "invited", now);
            users.insert(tenant, user);
            return user.id();
        }
        String user = known.get().id();
        if (!known.get().state().equals("invited") || rows.isOpen(tenant, user, now)) {
            throw taken();
        }
        rows.revokeOf(tenant, user, now);
        roles.clear(tenant, actor, user);
        return user;
    }

    private static Problem taken() {
        return new Problem(
                ProblemType.ACCESS_CONFLICT, "Somebody with that address is here or invited already; give them roles.");
    }

    /** Of two who invite the same address at once, one is told that it is taken. */
    private Invitation first(TenantId tenant, Supplier<Invitation> work) {
        try {
            return tenancy.inTenant(tenant, work);
        } catch (DuplicateKeyException faster) {
            throw taken();
        }
    }

    /**
     * Sends a user who is here already a link with which they sign in with another account: theirs was lost, or the agency
     * moved to another issuer. What they are bound to is replaced, and their sessions end, when they follow it.
     *
     * @param giver who must hold all that the user has
     * @throws Problem {@code 404.user_not_found}; {@code 403.forbidden}; {@code 409.access_conflict} for who is not active
     */
    public Invitation inviteAgain(Identity giver, TenantId tenant, String id) {
        return first(tenant, () -> {
            var user = users.find(TenantScope.of(tenant), id)
                    .orElseThrow(() -> new Problem(ProblemType.USER_NOT_FOUND, "There is no user " + id + "."));
            if (!user.state().equals("active")) {
                throw new Problem(ProblemType.ACCESS_CONFLICT, id + " is " + user.state() + ".");
            }
            roles.requireHeld(giver, tenant, id, "send a link to somebody with");
            rows.revokeOf(tenant, id, clock.instant());
            return send(tenant, giver.subject(), id);
        });
    }

    private Invitation send(TenantId tenant, String actor, String user) {
        limit.requireRoom(tenant, user);
        Instant now = clock.instant();
        String secret = Secret.next();
        var invitation = new Invitation(Ids.next("inv", now), user, actor, now, now.plus(LIFE), null, null);
        rows.insert(tenant, invitation, Secret.hash(secret));
        post(tenant, invitation, secret);
        audit.recordChange(TenantScope.of(tenant), actor, "user.invited", "user/" + user, null, invitation);
        return invitation;
    }

    private void post(TenantId tenant, Invitation invitation, String secret) {
        var user = users.find(TenantScope.of(tenant), invitation.userId()).orElseThrow();
        mail.send(
                tenant,
                new InvitationMail.InvitationEmail(
                        user.email(),
                        user.name(),
                        tenants.name(tenant),
                        URI.create(settings.publicUrl() + "/sign-in?invitation=" + secret),
                        invitation.expiresAt()));
    }

    /** Newest first, older than the given one; within a scope of clients none but those of people who are in it. */
    public List<Invitation> list(TenantScope scope, int limit, String after) {
        return tenancy.inTenant(scope.tenant(), () -> rows.list(scope, limit, after));
    }

    /**
     * Sends a new link; the one before works no more.
     *
     * @param giver who must hold all that the invited would have
     * @throws Problem {@code 404.invitation_not_found} when there is no such open invitation within the scope;
     *     {@code 403.forbidden}
     */
    public Invitation resend(Identity giver, TenantScope scope, String id) {
        TenantId tenant = scope.tenant();
        return tenancy.inTenant(tenant, () -> {
            String user = end(giver, scope, id, "give").userId();
            return send(tenant, giver.subject(), user);
        });
    }

    /**
     * Takes an invitation back, and what the invited would have had.
     *
     * @param taker who must hold it themselves
     * @throws Problem {@code 404.invitation_not_found} when there is no such open invitation within the scope;
     *     {@code 403.forbidden}
     */
    public void revoke(Identity taker, TenantScope scope, String id) {
        TenantId tenant = scope.tenant();
        tenancy.inTenant(tenant, () -> {
            Invitation before = end(taker, scope, id, "take");
            // Who is here already was sent a link for another account: they keep what they have.
            users.find(TenantScope.of(tenant), before.userId())
                    .filter(user -> user.state().equals("invited"))
                    .ifPresent(user -> roles.clear(tenant, taker.subject(), user.id()));
            audit.recordChange(
                    TenantScope.of(tenant),
                    taker.subject(),
                    "invitation.revoked",
                    "user/" + before.userId(),
                    before,
                    null);
        });
    }

    private Invitation end(Identity who, TenantScope scope, String id, String verb) {
        Invitation open = rows.find(scope.tenant(), id)
                .filter(one -> users.find(scope, one.userId()).isPresent())
                .orElseThrow(() -> over(id));
        roles.requireHeld(who, scope.tenant(), open.userId(), verb);
        if (!rows.revoke(scope.tenant(), id, clock.instant())) {
            throw over(id);
        }
        return open;
    }

    private static Problem over(String id) {
        return new Problem(ProblemType.INVITATION_NOT_FOUND, "There is no open invitation " + id + ".");
    }
}
