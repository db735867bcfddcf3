package dev.patchbay.kernel;

/** How urgent a notice is. */
public enum NoticeSeverity {
    /** Something is worth knowing; by default it waits for the next digest. */
    INFO,
    /** A person should look at it; by default it is mailed at once, outside of quiet hours. */
    WARNING,
    /** Something is broken or at risk: mailed at once, whatever a person's preferences and quiet hours say. */
    CRITICAL
}
