package dev.patchbay.iam.signin;

import dev.patchbay.iam.access.Access;
import dev.patchbay.iam.access.RoleAssignments;
import dev.patchbay.iam.people.InvitationRepository;
import dev.patchbay.iam.people.UserIdentityRepository;
import dev.patchbay.iam.people.UserIdentityRepository.Membership;
import dev.patchbay.iam.people.UserRepository;
import dev.patchbay.iam.people.Users.User;
import dev.patchbay.iam.tenants.Tenants;
import dev.patchbay.kernel.ChangeAudit;
import dev.patchbay.kernel.Ids;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;

/** The first sign-in of somebody: only here an address says who it is, and only a verified one that was expected. */
@Component
class UserProvisioning {

    private final Tenants tenants;
    private final InvitationRepository invitations;
    private final UserRepository users;
    private final UserIdentityRepository userIdentityRepository;
    private final RoleAssignments assignments;
    private final Sessions sessions;
    private final Access access;
    private final SignInSettings settings;
    private final Tenancy tenancy;
    private final ChangeAudit audit;
    private final Clock clock;

    UserProvisioning(
            Tenants tenants,
            InvitationRepository invitations,
            UserRepository users,
            UserIdentityRepository userIdentityRepository,
            RoleAssignments assignments,
            Sessions sessions,
            Access access,
            SignInSettings settings,
            Tenancy tenancy,
            ChangeAudit audit,
            Clock clock) {
        this.tenants = tenants;
        this.invitations = invitations;
        this.users = users;
        this.userIdentityRepository = userIdentityRepository;
        this.assignments = assignments;
        this.sessions = sessions;
        this.access = access;
        this.settings = settings;
        this.tenancy = tenancy;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Accepts an invitation.
     *
     * @param hash of the secret in its link
     * @throws Problem {@code 403.sign_in_refused} when it is over or for somebody else
     */
    Membership invited(byte[] hash, VerifiedIdentity verifiedIdentity) {
        var found = tenancy.throughDefinerFunction(() -> invitations.find(hash, clock.instant()))
                .orElseThrow(() -> SignInRefused.because(
                        "This invitation was used, taken back or is older than a week; ask for a new one."));
        TenantId tenant = found.tenant();
        return joined(tenant, () -> {
            var invitation = invitations.find(tenant, found.id()).orElseThrow();
            User user = users.find(TenantScope.of(tenant), invitation.userId()).orElseThrow();
            if (user.state().equals("suspended")) {
                throw SignInRefused.because(
                        "Your access was suspended; ask an administrator of " + tenants.name(tenant) + ".");
            }
            requireAddress(verifiedIdentity, user.email());
            if (!invitations.accept(tenant, found.id(), clock.instant())) {
                throw SignInRefused.because("This invitation was used already.");
            }
            return join(tenant, user, verifiedIdentity);
        });
    }

    private static void requireAddress(VerifiedIdentity verifiedIdentity, String email) {
        if (verifiedIdentity.email().isEmpty()) {
            throw SignInRefused.because(
                    "The sign-in service has not verified your e-mail address; verify it there, then try again.");
        }
        if (!Ascii.same(verifiedIdentity.email(), email)) {
            throw SignInRefused.because(
                    "This invitation is for another address; sign in with the account that it was sent to.");
        }
    }

    /** Somebody whom the settings name, at their first sign-in; empty for everybody else. */
    Optional<Membership> platformAdmin(VerifiedIdentity verifiedIdentity) {
        boolean named = settings.platformAdmins().stream()
                .anyMatch(email ->
                        !verifiedIdentity.email().isEmpty() && Ascii.same(verifiedIdentity.email(), email.strip()));
        if (!named) {
            return Optional.empty();
        }
        TenantId tenant = RoleAssignments.PLATFORM;
        tenants.found(tenant, "system", "Platform");
        return Optional.of(joined(tenant, () -> {
            Optional<User> known = users.withEmail(tenant, verifiedIdentity.email());
            if (known.isPresent()) {
                return again(known.get(), verifiedIdentity);
            }
            var user = new User(
                    Ids.next("usr", clock.instant()),
                    verifiedIdentity.email(),
                    verifiedIdentity.email(),
                    "invited",
                    clock.instant());
            users.insert(tenant, user);
            assignments.put(
                    "system",
                    tenant,
                    new RoleAssignments.NewAssignment(
                            user.id(), "platform-admin", Optional.empty(), Optional.empty(), Optional.empty()));
            return join(tenant, user, verifiedIdentity);
        }));
    }

    /**
     * Whom the settings name is who they are at the present issuer, when they were bound to another one. An address that went to
     * another account at the same issuer went to somebody else.
     */
    private Membership again(User user, VerifiedIdentity verifiedIdentity) {
        TenantId tenant = RoleAssignments.PLATFORM;
        if (user.state().equals("invited")) {
            throw SignInRefused.because("You were invited here; follow the link in the mail.");
        }
        boolean moved = user.state().equals("active")
                && userIdentityRepository
                        .issuer(tenant, user.id())
                        .filter(verifiedIdentity.issuer()::equals)
                        .isEmpty();
        if (!moved) {
            throw SignInRefused.because("This address belongs to another account here already.");
        }
        return join(tenant, user, verifiedIdentity);
    }

    /** From here on the person is this user, and nobody else is; whoever was before is signed out. */
    private Membership join(TenantId tenant, User user, VerifiedIdentity verifiedIdentity) {
        sessions.endAll(tenant, user.id(), user.id());
        userIdentityRepository.bind(
                tenant, user.id(), verifiedIdentity.issuer(), verifiedIdentity.subject(), clock.instant());
        users.state(tenant, user.id(), "active");
        String action = user.state().equals("active") ? "user.bound_anew" : "user.joined";
        audit.recordChange(
                TenantScope.of(tenant), user.id(), action, "user/" + user.id(), null, verifiedIdentity.subject());
        return new Membership(tenant, tenants.name(tenant), user.id(), "active");
    }

    private Membership joined(TenantId tenant, Supplier<Membership> work) {
        try {
            Membership joined = tenancy.inTenant(tenant, work);
            access.changed(tenant);
            return joined;
        } catch (DuplicateKeyException taken) {
            throw SignInRefused.because(
                    "You are a user of this agency already, under another address; sign in without the invitation.");
        }
    }
}
