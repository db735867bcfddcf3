package dev.patchbay.connections;

import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.TenantId;
import java.time.Instant;

/**
 * An outage of a connection that has not ended.
 *
 * @param hasNotice whether people were told of it
 * @param waitingRuns how many runs waited for its end when they were counted last
 */
public record Outage(
        TenantId tenant,
        ConnectionId connectionId,
        OutageState state,
        Instant beganAt,
        boolean hasNotice,
        int waitingRuns) {}
