package dev.patchbay.iam.people;

import dev.patchbay.iam.access.Access;
import dev.patchbay.iam.access.NewAssignment;
import dev.patchbay.iam.access.RoleAssignments;
import dev.patchbay.iam.access.SystemRole;
import dev.patchbay.iam.oidc.SignInRefused;
import dev.patchbay.iam.oidc.VerifiedIdentity;
import dev.patchbay.iam.sessions.Sessions;
import dev.patchbay.iam.tenants.Tenants;
import dev.patchbay.kernel.ChangeAudit;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.UserId;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;

/**
 * Decides which user a verified identity belongs to. A known account is found by issuer and subject. Only at the first sign-in
 * is a user matched by e-mail, and only by a verified address that was invited or configured.
 */
@Component
public class UserProvisioning {

    private final Memberships memberships;
    private final Tenants tenants;
    private final InvitationRepository invitations;
    private final UserRepository users;
    private final UserIdentityRepository identities;
    private final RoleAssignments assignments;
    private final Sessions sessions;
    private final Access access;
    private final PlatformAdminSettings settings;
    private final Tenancy tenancy;
    private final ChangeAudit audit;
    private final Clock clock;

    UserProvisioning(
            Memberships memberships,
            Tenants tenants,
            InvitationRepository invitations,
            UserRepository users,
            UserIdentityRepository identities,
            RoleAssignments assignments,
            Sessions sessions,
            Access access,
            PlatformAdminSettings settings,
            Tenancy tenancy,
            ChangeAudit audit,
            Clock clock) {
        this.memberships = memberships;
        this.tenants = tenants;
        this.invitations = invitations;
        this.users = users;
        this.identities = identities;
        this.assignments = assignments;
        this.sessions = sessions;
        this.access = access;
        this.settings = settings;
        this.tenancy = tenancy;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Returns the account's active user who signed in last. A configured platform administrator becomes a user here.
     *
     * @throws SignInRefused when the account has no active user
     */
    public Membership findUser(VerifiedIdentity identity) {
        List<Membership> all = memberships.list(identity.issuer(), identity.subject());
        boolean onPlatform = all.stream().anyMatch(member -> member.tenant().equals(Tenants.PLATFORM));
        if (!onPlatform && settings.includes(identity)) {
            return joinPlatform(identity);
        }
        return all.stream().filter(Membership::isActive).findFirst().orElseThrow(() -> refuseInactive(all));
    }

    private SignInRefused refuseInactive(List<Membership> all) {
        all.forEach(member -> tenancy.inTenant(
                member.tenant(),
                () -> audit.recordRefusal(
                        TenantScope.of(member.tenant()),
                        member.user().value(),
                        "sign_in.refused",
                        "user/" + member.user())));
        return SignInRefused.because(
                all.isEmpty()
                        ? "No user here has this account. If you were invited, follow the link in the mail; otherwise ask to be invited."
                        : suspended(all.getFirst().tenantName()));
    }

    private static String suspended(String tenantName) {
        return "Your access was suspended; ask an administrator of " + tenantName + ".";
    }

    /**
     * Accepts an invitation.
     *
     * @param secretHash SHA-256 of the secret in its link
     * @throws SignInRefused when the invitation is not open or is for another address
     */
    public Membership acceptInvitation(byte[] secretHash, VerifiedIdentity identity) {
        var location = tenancy.throughDefinerFunction(() -> invitations.locate(secretHash, clock.instant()))
                .orElseThrow(() -> SignInRefused.because(
                        "This invitation was used, revoked or is older than a week; ask for a new one."));
        TenantId tenant = location.tenant();
        return joinOnce(tenant, () -> {
            var invitation = invitations.find(tenant, location.id()).orElseThrow();
            User user = users.find(TenantScope.of(tenant), invitation.userId()).orElseThrow();
            if (user.state() == UserState.SUSPENDED) {
                throw SignInRefused.because(suspended(tenants.findName(tenant)));
            }
            requireAddress(identity, user.email());
            if (!invitations.accept(tenant, location.id(), clock.instant())) {
                throw SignInRefused.because("This invitation was used already.");
            }
            return join(tenant, user, identity);
        });
    }

    private static void requireAddress(VerifiedIdentity identity, String email) {
        if (identity.email().isEmpty()) {
            throw SignInRefused.because(
                    "The sign-in service has not verified your e-mail address; verify it there, then try again.");
        }
        if (!identity.hasEmail(email)) {
            throw SignInRefused.because(
                    "This invitation is for another address; sign in with the account that it was sent to.");
        }
    }

    private Membership joinPlatform(VerifiedIdentity identity) {
        TenantId tenant = Tenants.PLATFORM;
        tenants.createIfAbsent(tenant, "system", "Platform");
        return joinOnce(tenant, () -> {
            Optional<User> existing = users.findByEmail(tenant, identity.email());
            if (existing.isPresent()) {
                requireMovedIssuer(existing.get(), identity);
                return join(tenant, existing.get(), identity);
            }
            var user = new User(
                    UserId.next(clock.instant()),
                    identity.email(),
                    identity.email(),
                    UserState.INVITED,
                    clock.instant());
            users.insert(tenant, user);
            assignments.assign(
                    "system", tenant, NewAssignment.ofTenant(user.id().value(), SystemRole.PLATFORM_ADMIN));
            return join(tenant, user, identity);
        });
    }

    /**
     * Refuses to bind a configured administrator to a new account unless the installation moved to another issuer. The same
     * address in another account of the same issuer belongs to another person.
     */
    private void requireMovedIssuer(User user, VerifiedIdentity identity) {
        if (user.isInvited()) {
            throw SignInRefused.because("You were invited here; follow the link in the mail.");
        }
        boolean sameIssuer = identities
                .findAccount(Tenants.PLATFORM, user.id())
                .filter(account -> account.issuer().equals(identity.issuer()))
                .isPresent();
        if (!user.isActive() || sameIssuer) {
            throw SignInRefused.because("This address belongs to another account here already.");
        }
    }

    /** Binds the user to the account and activates them. Sessions of an earlier account end. */
    private Membership join(TenantId tenant, User user, VerifiedIdentity identity) {
        sessions.endAll(tenant, user.id().value(), user.id());
        identities.bind(tenant, user.id(), identity.issuer(), identity.subject(), clock.instant());
        if (user.state().mayBecome(UserState.ACTIVE)) {
            users.changeState(tenant, user.id(), user.state(), UserState.ACTIVE);
        }
        String action = user.isActive() ? "user.bound_anew" : "user.joined";
        audit.recordChange(
                TenantScope.of(tenant), user.id().value(), action, "user/" + user.id(), null, identity.subject());
        return new Membership(tenant, tenants.findName(tenant), user.id(), UserState.ACTIVE);
    }

    private Membership joinOnce(TenantId tenant, Supplier<Membership> work) {
        try {
            Membership joined = tenancy.inTenant(tenant, work);
            access.refresh(tenant);
            return joined;
        } catch (DuplicateKeyException accountTaken) {
            throw SignInRefused.because(
                    "You are a user of this agency already, under another address; sign in without the invitation.");
        }
    }
}
