package dev.patchbay.billing.web;

import dev.patchbay.iam.access.Caller;
import dev.patchbay.kernel.Permission;
import dev.patchbay.kernel.TenantScope;

/** Whether a caller may see what providers charge: {@code read:costs}, which is held for the whole agency only. */
final class CostAccess {

    private static final Permission READ_COSTS = Permission.of("read:costs");

    private CostAccess() {}

    static boolean isGranted(Caller caller) {
        return caller.scopes()
                .findScope(READ_COSTS)
                .filter(TenantScope::isWholeTenant)
                .isPresent();
    }
}
