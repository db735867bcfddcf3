package dev.patchbay.connections.spi;

import dev.patchbay.connections.Account;

/** Tries an account by a call that changes nothing and costs nothing. */
public interface Probe {

    /** Whose accounts it tries. */
    Provider provider();

    /** Calls the provider once. An access token is good for a minute or more. */
    HealthCheckResult probe(Account account);
}
