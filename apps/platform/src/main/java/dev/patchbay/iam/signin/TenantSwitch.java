package dev.patchbay.iam.signin;

import dev.patchbay.iam.sessions.Sessions;
import dev.patchbay.iam.access.Identity;
import dev.patchbay.iam.people.UserIdentityRepository;
import dev.patchbay.iam.people.UserIdentityRepository.Membership;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Clock;
import java.util.List;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;

/** Where else somebody who is signed in is a user: one person, one session, one agency at a time. */
@Component
public class TenantSwitch {

    private final UserIdentityRepository userIdentityRepository;
    private final Sessions sessions;
    private final Tenancy tenancy;
    private final Clock clock;

    TenantSwitch(UserIdentityRepository userIdentityRepository, Sessions sessions, Tenancy tenancy, Clock clock) {
        this.userIdentityRepository = userIdentityRepository;
        this.sessions = sessions;
        this.tenancy = tenancy;
        this.clock = clock;
    }

    public record TenantSummary(String id, String name) {}

    /** Whoever acts for somebody sees where they are, not where else that somebody belongs. */
    public List<TenantSummary> listTenants(Identity identity) {
        Predicate<Membership> seen =
                one -> identity.impersonator().isEmpty() || one.tenant().equals(identity.tenant());
        return userIdentityRepository.besides(identity.tenant(), identity.subject()).stream()
                .filter(Membership::isActive)
                .filter(seen)
                .map(one -> new TenantSummary(one.tenant().value(), one.tenantName()))
                .toList();
    }

    /**
     * Goes on in another agency under a new session, which ends when the present one would. Their next sign-in leads there.
     *
     * @param from the present session, which ends first: who was signed out meanwhile does not come back this way
     * @throws Problem {@code 404.tenant_not_found}; {@code 404.session_not_found}
     */
    public Sessions.OpenedSession switchTo(Identity identity, Sessions.Session from, String tenant, Sessions.SessionOrigin sessionOrigin) {
        Membership target = userIdentityRepository.besides(identity.tenant(), identity.subject()).stream()
                .filter(Membership::isActive)
                .filter(one -> one.tenant().value().equals(tenant))
                .findFirst()
                .orElseThrow(() -> new Problem(ProblemType.TENANT_NOT_FOUND, "You are no user of such an agency."));
        if (!sessions.end(identity.tenant(), identity.subject(), from.id())) {
            throw new Problem(ProblemType.SESSION_NOT_FOUND, "You were signed out meanwhile; sign in again.");
        }
        return tenancy.inTenant(target.tenant(), () -> {
            userIdentityRepository.recordSignIn(target.tenant(), target.user(), clock.instant());
            return sessions.open(target.tenant(), target.user(), sessionOrigin, null, from.absoluteUntil());
        });
    }

    /** Signs the person out everywhere, in every agency where they are a user, and where they act for others. */
    public void signOutEverywhere(Identity identity) {
        userIdentityRepository
                .besides(identity.tenant(), identity.subject())
                .forEach(one -> endAll(one.tenant(), one.user()));
        // Those of a user whom nobody signed in as through an issuer.
        endAll(identity.tenant(), identity.subject());
    }

    private void endAll(TenantId tenant, String user) {
        sessions.endAll(tenant, user, user);
    }
}
