package dev.patchbay.connections.internal;

import dev.patchbay.connections.Account;
import java.time.Instant;
import java.util.Optional;

/**
 * A connection as the database holds it, with its secrets opened.
 *
 * @param unusableReason why it cannot be used, as a sentence; empty while it can
 * @param tokenExpiresAt when its access token expires; empty when it has none
 * @param refreshStartedAt when a token refresh started whose result is not known; empty when none is open
 */
record StoredConnection(
        Account account,
        Optional<String> unusableReason,
        Optional<Instant> tokenExpiresAt,
        Optional<Instant> refreshStartedAt) {}
