package dev.patchbay.audit.internal;

/**
 * The result of sealing a batch of entries.
 *
 * @param entries the number of entries
 * @param seq the head's sequence number afterwards
 * @param hash the head's hash afterwards, SHA-256 in hex
 */
record SealedBatch(int entries, long seq, String hash) {}
