package dev.patchbay.effects.internal.ratelimit;

import java.time.Instant;

/** The database's answer to a process that asks for tokens of a bucket. */
sealed interface TokenLease {

    /** @param tokens requests that the process may send before the window ends */
    record Granted(int tokens) implements TokenLease {}

    /** @param until when more tokens may become free */
    record Empty(Instant until) implements TokenLease {}
}
