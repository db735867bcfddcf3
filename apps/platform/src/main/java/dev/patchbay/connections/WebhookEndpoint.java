package dev.patchbay.connections;

import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.TenantId;

/** A connection and its tenant, found by a webhook address or across tenants by provider. */
public record WebhookEndpoint(TenantId tenant, ConnectionId connectionId) {}
