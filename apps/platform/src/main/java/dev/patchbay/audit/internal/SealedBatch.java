package dev.patchbay.audit.internal;

/**
 * The result of sealing a batch of entries.
 *
 * @param sealed the number of entries
 * @param seq the head's sequence number afterwards
 * @param hash the head's hash afterwards, SHA-256 in hex
 */
record SealedBatch(int sealed, long seq, String hash) {}
