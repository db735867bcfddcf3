package dev.patchbay.flows.internal.rate;

import java.time.Instant;

/** What the database answered to a process that asked for room in a bucket. */
sealed interface Lease {

    /** So many requests may be sent before the window ends. */
    record Granted(int tokens) implements Lease {}

    /** None just now: more may come from then on. */
    record Empty(Instant until) implements Lease {}
}
