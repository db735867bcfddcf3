package dev.patchbay.iam.people;

import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.UserId;
import java.time.Clock;
import org.springframework.stereotype.Component;

/** Limits invitations: each is a mail in our name to an address that somebody else chose. Within the tenant's transaction. */
@Component
class InvitationLimit {

    private static final int MAX_PER_TENANT_AND_DAY = 200;
    private static final int MAX_PER_USER_AND_HOUR = 3;

    private final InvitationRepository repository;
    private final Clock clock;

    InvitationLimit(InvitationRepository repository, Clock clock) {
        this.repository = repository;
        this.clock = clock;
    }

    /**
     * Checks before one more invitation is inserted.
     *
     * @throws Problem {@code 429.rate_limited}
     */
    void requireBelow(TenantId tenant, UserId user) {
        // Without the lock, concurrent invitations would each see room for one more.
        repository.lockTenant(tenant);
        var sent = repository.countSent(tenant, user, clock.instant());
        if (sent.userLastHour() >= MAX_PER_USER_AND_HOUR) {
            throw new Problem(
                    ProblemType.RATE_LIMITED,
                    "This person was sent " + MAX_PER_USER_AND_HOUR
                            + " invitations within an hour; ask them to use the last one, or try again later.");
        }
        if (sent.tenantLastDay() >= MAX_PER_TENANT_AND_DAY) {
            throw new Problem(
                    ProblemType.RATE_LIMITED,
                    "This agency has sent " + MAX_PER_TENANT_AND_DAY + " invitations within a day; continue tomorrow.");
        }
    }
}
