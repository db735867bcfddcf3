package dev.patchbay.audit;

import dev.patchbay.kernel.TenantId;

/**
 * The range of one export.
 *
 * @param after the sequence number after which it begins; 0 for the whole chain
 * @param last the highest sequence number there is, so that entries inserted behind the head are exported and detected
 */
public record AuditExport(TenantId tenant, long after, long last, AuditHead head) {}
