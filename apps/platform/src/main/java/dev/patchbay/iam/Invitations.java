package dev.patchbay.iam;

import dev.patchbay.iam.internal.InvitationLimit;
import dev.patchbay.iam.internal.InvitationRows;
import dev.patchbay.iam.internal.Secret;
import dev.patchbay.iam.internal.UserRows;
import dev.patchbay.iam.spi.InvitationMail;
import dev.patchbay.kernel.ChangeAudit;
import dev.patchbay.kernel.Ids;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Invitations by mail: a link that works once, for a week, for whoever then signs in with that address verified. The roles are
 * given at once; they let nobody do anything before the invitation is accepted.
 */
@Component
public class Invitations {

    static final Duration LIFE = Duration.ofDays(7);

    private final InvitationRows rows;
    private final InvitationLimit limit;
    private final UserRows users;
    private final RoleAssignments assignments;
    private final InvitationMail mail;
    private final SignInSettings settings;
    private final Tenancy tenancy;
    private final ChangeAudit audit;
    private final Clock clock;

    Invitations(
            InvitationRows rows,
            InvitationLimit limit,
            UserRows users,
            RoleAssignments assignments,
            InvitationMail mail,
            SignInSettings settings,
            Tenancy tenancy,
            ChangeAudit audit,
            Clock clock) {
        this.rows = rows;
        this.limit = limit;
        this.users = users;
        this.assignments = assignments;
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
    public record Guest(String email, String name) {

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
    public Invitation invite(Identity giver, TenantScope scope, Guest guest, List<RoleAssignments.Wish> wishes) {
        TenantId tenant = scope.tenant();
        return tenancy.inTenant(tenant, () -> {
            String user = guest(tenant, guest);
            wishes.forEach(wish -> assignments.give(giver, scope, of(user, wish)));
            return send(tenant, giver.subject(), user);
        });
    }

    /** Invites the first user of an agency, who may do everything in it. */
    public Invitation inviteOwner(TenantId tenant, String actor, Guest owner) {
        return tenancy.inTenant(tenant, () -> {
            String user = guest(tenant, owner);
            assignments.put(
                    actor,
                    tenant,
                    new RoleAssignments.Wish(
                            user, "tenant-admin", Optional.empty(), Optional.empty(), Optional.empty()));
            return send(tenant, actor, user);
        });
    }

    private static RoleAssignments.Wish of(String user, RoleAssignments.Wish wish) {
        return new RoleAssignments.Wish(user, wish.role(), wish.client(), wish.resource(), wish.expiresAt());
    }

    /** The user to be; one whose invitation was revoked is invited again under the id they had. */
    private String guest(TenantId tenant, Guest guest) {
        var known = users.withEmail(tenant, guest.email());
        if (known.isEmpty()) {
            Instant now = clock.instant();
            var user = new Users.User(Ids.next("usr", now), guest.email(), guest.name(), "invited", now);
            users.insert(tenant, user);
            return user.id();
        }
        if (!known.get().state().equals("invited")
                || rows.isOpen(tenant, known.get().id(), clock.instant())) {
            throw new Problem(
                    ProblemType.ACCESS_CONFLICT,
                    "Somebody with that address is here or invited already; give them roles.");
        }
        return known.get().id();
    }

    private Invitation send(TenantId tenant, String actor, String user) {
        limit.requireRoom(tenant, user);
        Instant now = clock.instant();
        String secret = Secret.next();
        var invitation = new Invitation(Ids.next("inv", now), user, actor, now, now.plus(LIFE), null, null);
        rows.insert(tenant, invitation, Secret.hash(secret));
        post(tenant, invitation, secret);
        audit.changed(TenantScope.of(tenant), actor, "user.invited", "user/" + user, null, invitation);
        return invitation;
    }

    private void post(TenantId tenant, Invitation invitation, String secret) {
        var user = users.find(TenantScope.of(tenant), invitation.userId()).orElseThrow();
        mail.send(
                tenant,
                new InvitationMail.Letter(
                        user.email(),
                        user.name(),
                        rows.agency(tenant),
                        URI.create(settings.publicUrl() + "/sign-in?invitation=" + secret),
                        invitation.expiresAt()));
    }

    /** Newest first, older than the given one; within a scope of clients none but those of people who are in it. */
    public List<Invitation> list(TenantScope scope, int limit, String after) {
        return tenancy.inTenant(
                scope.tenant(),
                () -> rows.list(scope.tenant(), limit, after).stream()
                        .filter(one -> users.find(scope, one.userId()).isPresent())
                        .toList());
    }

    /**
     * Sends a new link; the one before works no more.
     *
     * @throws Problem {@code 404.invitation_not_found} when there is no such open invitation within the scope
     */
    public Invitation resend(TenantScope scope, String actor, String id) {
        return tenancy.inTenant(scope.tenant(), () -> {
            Invitation before = open(scope, id);
            rows.revoke(scope.tenant(), id, clock.instant());
            return send(scope.tenant(), actor, before.userId());
        });
    }

    /**
     * Takes an invitation back, and the roles that came with it.
     *
     * @throws Problem {@code 404.invitation_not_found} when there is no such open invitation within the scope
     */
    public void revoke(TenantScope scope, String actor, String id) {
        var tenant = scope.tenant();
        tenancy.inTenant(tenant, () -> {
            Invitation before = open(scope, id);
            rows.revoke(tenant, id, clock.instant());
            rows.withoutRoles(tenant, before.userId());
            audit.changed(TenantScope.of(tenant), actor, "invitation.revoked", "user/" + before.userId(), before, null);
        });
    }

    private Invitation open(TenantScope scope, String id) {
        return rows.find(scope.tenant(), id)
                .filter(one -> one.acceptedAt() == null && one.revokedAt() == null)
                .filter(one -> users.find(scope, one.userId()).isPresent())
                .orElseThrow(
                        () -> new Problem(ProblemType.INVITATION_NOT_FOUND, "There is no open invitation " + id + "."));
    }
}
