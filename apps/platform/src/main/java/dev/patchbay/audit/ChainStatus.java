package dev.patchbay.audit;

/** @param last the highest sequence number of an entry; differs from the head's only in a tampered chain */
record ChainStatus(AuditHead head, long last) {}
