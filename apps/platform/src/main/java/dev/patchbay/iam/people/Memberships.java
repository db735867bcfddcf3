package dev.patchbay.iam.people;

import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.UserId;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Clock;
import java.util.List;
import org.springframework.stereotype.Component;

/** The users that one person is, in all tenants: those bound to the same account at the issuer. */
@Component
public class Memberships {

    private final UserIdentityRepository repository;
    private final Tenancy tenancy;
    private final Clock clock;

    Memberships(UserIdentityRepository repository, Tenancy tenancy, Clock clock) {
        this.repository = repository;
        this.tenancy = tenancy;
        this.clock = clock;
    }

    /** All users of that account, the latest sign-in first. */
    List<Membership> list(String issuer, String subject) {
        return tenancy.throughDefinerFunction(() -> repository.listMemberships(issuer, subject));
    }

    /** All users that the same person is, that user included; empty before the user's first sign-in. */
    public List<Membership> listOfSamePerson(TenantId tenant, UserId user) {
        return tenancy.inTenant(tenant, () -> repository.findAccount(tenant, user))
                .map(account -> list(account.issuer(), account.subject()))
                .orElse(List.of());
    }

    /** Records that the person signed in as that user now; within the tenant's transaction. */
    public void recordSignIn(TenantId tenant, UserId user) {
        repository.recordSignIn(tenant, user, clock.instant());
    }
}
