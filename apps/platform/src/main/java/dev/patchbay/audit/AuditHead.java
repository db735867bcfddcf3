package dev.patchbay.audit;

/**
 * The end of a tenant's chain. A copy of its number and hash that is kept elsewhere reveals a later change of any entry up to
 * it.
 *
 * @param seq the number of the last sealed entry; 0 when there is none
 * @param hash the hash of the last sealed entry, SHA-256 in hex; zeros when there is none
 * @param unsealed the number of entries that are not sealed yet
 */
public record AuditHead(long seq, String hash, long unsealed) {}
