package dev.patchbay.effects.internal.ratelimit;

import java.time.Instant;

/** What the database answered to a process that asked for room in a bucket. */
sealed interface TokenLease {

    /** So many requests may be sent before the window ends. */
    record Granted(int tokens) implements TokenLease {}

    /** None just now: more may come from then on. */
    record Empty(Instant until) implements TokenLease {}
}
