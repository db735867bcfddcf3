package dev.patchbay.iam.signin;

import dev.patchbay.iam.access.Identity;
import dev.patchbay.iam.people.Membership;
import dev.patchbay.iam.people.Memberships;
import dev.patchbay.iam.sessions.OpenedSession;
import dev.patchbay.iam.sessions.Session;
import dev.patchbay.iam.sessions.SessionOrigin;
import dev.patchbay.iam.sessions.Sessions;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.UserId;
import dev.patchbay.kernel.database.Tenancy;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Switches a signed-in person between the tenants where they are a user. A session belongs to one tenant. */
@Component
public class TenantSwitch {

    private final Memberships memberships;
    private final Sessions sessions;
    private final Tenancy tenancy;

    TenantSwitch(Memberships memberships, Sessions sessions, Tenancy tenancy) {
        this.memberships = memberships;
        this.sessions = sessions;
        this.tenancy = tenancy;
    }

    /** The tenants the person can switch to, the present one included. During impersonation only the present one. */
    public List<TenantSummary> listTenants(Identity identity) {
        return listActive(identity)
                .filter(member ->
                        identity.impersonator().isEmpty() || member.tenant().equals(identity.tenant()))
                .map(member -> new TenantSummary(member.tenant().value(), member.tenantName()))
                .toList();
    }

    private Stream<Membership> listActive(Identity identity) {
        return identity.user().stream()
                .flatMap(user -> memberships.listOfSamePerson(identity.tenant(), user).stream())
                .filter(Membership::isActive);
    }

    /**
     * Opens a session in another tenant, which expires when the present one would. The next sign-in leads to that tenant.
     *
     * @param current ended first, so that a session ended meanwhile opens no other
     * @throws Problem {@code 404.tenant_not_found}; {@code 404.session_not_found}
     */
    public OpenedSession switchTo(Identity identity, Session current, String tenant, SessionOrigin origin) {
        Membership target = listActive(identity)
                .filter(member -> member.tenant().value().equals(tenant))
                .findFirst()
                .orElseThrow(() -> new Problem(ProblemType.TENANT_NOT_FOUND, "You are not a user of such an agency."));
        if (!sessions.end(identity.tenant(), identity.subject(), current.id())) {
            throw new Problem(ProblemType.SESSION_NOT_FOUND, "You were signed out meanwhile; sign in again.");
        }
        return tenancy.inTenant(target.tenant(), () -> {
            memberships.recordSignIn(target.tenant(), target.user());
            return sessions.open(target.tenant(), target.user(), origin, null, current.absoluteUntil());
        });
    }

    /** Ends all sessions of the person, in every tenant where they are a user. */
    public void signOutEverywhere(Identity identity, UserId user) {
        memberships.listOfSamePerson(identity.tenant(), user).forEach(member -> endAll(member.tenant(), member.user()));
        // Also of a user who never signed in by the issuer and so has no memberships.
        endAll(identity.tenant(), user);
    }

    private void endAll(TenantId tenant, UserId user) {
        sessions.endAll(tenant, user.value(), user);
    }
}
