package dev.patchbay.effects;

/** This process's right to act. The database fences a process whose lease has lapsed by its epoch. */
public interface NodeLease {

    /** Identifies this process among its peers on one database. */
    String nodeId();

    /** The epoch of the current lease. Epochs are never reused: a lapsed lease is followed by one with a new epoch. */
    long epoch();
}
