package dev.patchbay.connections;

import dev.patchbay.kernel.TenantId;

/** Whose webhook address it is. */
public record Ingress(TenantId tenant, String connectionId) {}
