package dev.patchbay.iam.people;

import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.UserId;

/** One of the users that a person is, in one tenant. */
public record Membership(TenantId tenant, String tenantName, UserId user, UserState state) {

    public boolean isActive() {
        return state == UserState.ACTIVE;
    }
}
