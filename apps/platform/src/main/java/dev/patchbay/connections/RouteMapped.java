package dev.patchbay.connections;

import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.TenantId;

/** What a client owns at a provider became known; published after it was committed. */
public record RouteMapped(TenantId tenant, String connectionId, String kind, String externalId, ClientId client) {}
