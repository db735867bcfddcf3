package dev.patchbay.flags;

import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.UserId;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * The lists and switches at one moment.
 *
 * @param tenants the ends of the entries of tenants, by flag; an entry counts before its end only
 * @param users the same of users
 * @param off the flags that are switched off, by environment
 */
public record FlagTargets(
        Map<String, Map<TenantId, Instant>> tenants,
        Map<String, Map<UserId, Instant>> users,
        Map<String, Set<String>> off) {

    /** No entry and no switch. */
    public static final FlagTargets EMPTY = new FlagTargets(Map.of(), Map.of(), Map.of());

    boolean isListed(String flag, UserId user, Instant now) {
        return now.isBefore(users.getOrDefault(flag, Map.of()).getOrDefault(user, Instant.MIN));
    }

    boolean isListed(String flag, TenantId tenant, Instant now) {
        return now.isBefore(tenants.getOrDefault(flag, Map.of()).getOrDefault(tenant, Instant.MIN));
    }

    boolean isSwitchedOff(String flag, String environment) {
        return off.getOrDefault(environment, Set.of()).contains(flag);
    }
}
