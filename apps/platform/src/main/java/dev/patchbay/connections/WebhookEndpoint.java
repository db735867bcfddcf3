package dev.patchbay.connections;

import dev.patchbay.kernel.TenantId;

/** Whose webhook address or connection it is. */
public record WebhookEndpoint(TenantId tenant, String connectionId) {}
