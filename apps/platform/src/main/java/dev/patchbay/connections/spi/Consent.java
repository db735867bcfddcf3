package dev.patchbay.connections.spi;

import dev.patchbay.connections.Account;
import java.net.URI;
import tools.jackson.databind.node.ObjectNode;

/**
 * Asks a person for access to an account at a provider that speaks OAuth (RFC 6749, authorization code with PKCE, RFC
 * 7636), on the server's side only. The app's secrets hold {@code client_id} and {@code client_secret}.
 */
public interface Consent {

    /** The provider it serves. */
    Provider provider();

    /**
     * The provider's page where a person consents.
     *
     * @param redirect where the provider sends the browser back to
     * @param state comes back with it
     * @param challenge S256 of the verifier
     */
    URI page(Account app, URI redirect, String state, String challenge);

    /**
     * Changes the code that came back for tokens.
     *
     * @throws TokenRefresher.RefreshRefused when the provider does not accept the code
     * @throws TokenRefresher.RefreshUnavailable when it could not be asked
     */
    Grant exchange(Account app, URI redirect, String code, String verifier);

    /**
     * Access to one account.
     *
     * @param account what the provider calls it: the same account connected again is the same connection
     * @param settings that follow from it, for example {@code {"locationId": "…"}}
     */
    record Grant(TokenRefresher.Tokens tokens, String account, ObjectNode settings) {}
}
