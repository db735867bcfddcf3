package dev.patchbay.connections.spi;

import dev.patchbay.connections.Account;

/** Checks an account with one call that changes nothing and costs nothing. */
public interface Probe {

    /** The provider whose accounts it checks. */
    Provider provider();

    /** Calls the provider once. An OAuth access token in the account is valid for at least a minute. */
    HealthCheckResult probe(Account account);
}
