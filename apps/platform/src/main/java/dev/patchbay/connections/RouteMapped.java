package dev.patchbay.connections;

import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.TenantId;

/** A provider's agent, number, location or customer was mapped to a client; published after the commit. */
public record RouteMapped(
        TenantId tenant, ConnectionId connectionId, String kind, String externalId, ClientId client) {}
