package dev.patchbay.audit;

/**
 * Where a tenant's chain ends: who keeps number and hash finds out later whether anything up to there was changed.
 *
 * @param seq of the last sealed entry; 0 where there is none
 * @param hash SHA-256 in hex; zeros where there is none
 * @param unsealed how many entries are not in the chain yet
 */
public record AuditHead(long seq, String hash, long unsealed) {}
