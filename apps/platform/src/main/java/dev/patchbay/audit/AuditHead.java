package dev.patchbay.audit;

/**
 * The end of a tenant's chain. A copy of its number and hash, kept elsewhere, reveals a later change of any entry up to it.
 *
 * @param seq of the last sealed entry; 0 where there is none
 * @param hash SHA-256 in hex; zeros where there is none
 * @param unsealed the number of entries that are not sealed yet
 */
public record AuditHead(long seq, String hash, long unsealed) {}
