package dev.patchbay.connections.internal;

import dev.patchbay.connections.Account;
import dev.patchbay.connections.ConnectionState;
import java.time.OffsetDateTime;

/**
 * A health check that has started.
 *
 * @param state of the connection at the start
 * @param since when the connection came into that state: the result counts only while it is still the same
 */
record HealthCheck(Account account, ConnectionState state, OffsetDateTime since) {}
