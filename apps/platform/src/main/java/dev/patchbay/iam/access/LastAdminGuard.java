package dev.patchbay.iam.access;

import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.TenantId;
import org.springframework.stereotype.Component;

/**
 * Refuses changes that would leave a tenant without an active administrator whose role has no end. No person in the tenant could
 * repair that.
 */
@Component
public class LastAdminGuard {

    private final AdministratorRepository administrators;

    LastAdminGuard(AdministratorRepository administrators) {
        this.administrators = administrators;
    }

    /**
     * Runs a change that may remove an administrator, within the transaction of that change. Concurrent changes of one tenant
     * run one after the other, so that two of them cannot remove the last two administrators.
     *
     * @throws Problem {@code 409.access_conflict} when the change removed the last administrator; the transaction must be
     *     rolled back
     */
    public void runGuarded(TenantId tenant, Runnable change) {
        administrators.lock(tenant);
        int before = administrators.count(tenant);
        change.run();
        if (before > 0 && administrators.count(tenant) == 0) {
            throw new Problem(
                    ProblemType.ACCESS_CONFLICT,
                    "That would leave the agency without an administrator whose role has no end; make another user tenant-admin first.");
        }
    }
}
