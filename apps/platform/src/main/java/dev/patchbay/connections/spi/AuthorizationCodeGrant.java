package dev.patchbay.connections.spi;

import java.net.URI;
import tools.jackson.databind.node.ObjectNode;

/**
 * Asks the owner of an account, on the provider's own page, to give us access (OAuth 2.0 authorization code grant, RFC 6749,
 * section 4.1). The server exchanges the code: no browser sees a token.
 */
public interface AuthorizationCodeGrant {

    /** Returns the provider whose accounts this grant connects. */
    Provider provider();

    /** Returns the provider's authorization page, with the parameters of the request. */
    URI authorizationUrl(OAuthApp app, AuthorizationRequest request);

    /**
     * Exchanges the authorization code for tokens, and finds out which account they belong to.
     *
     * @throws GrantFailed when the provider gives no lasting access
     */
    GrantedAccess exchange(OAuthApp app, TokenRequest request);

    /**
     * Describes the app that identifies this installation to the provider.
     *
     * @param baseUrl the address of the provider's API, without a trailing slash
     */
    record OAuthApp(URI baseUrl, String clientId, String clientSecret) {

        @Override
        public String toString() {
            return "OAuthApp[" + clientId + "]";
        }
    }

    /**
     * @param redirectUri our callback
     * @param state a text that the callback returns unchanged
     * @param codeChallenge the PKCE challenge, method S256 (RFC 7636); ignored by a provider that does not support it
     */
    record AuthorizationRequest(URI redirectUri, String state, String codeChallenge) {}

    /** @param codeVerifier the text whose SHA-256 is the code challenge */
    record TokenRequest(URI redirectUri, String code, String codeVerifier) {

        @Override
        public String toString() {
            return "TokenRequest";
        }
    }

    /**
     * Holds the access to an account.
     *
     * @param refreshToken the token, valid until the owner withdraws the access
     * @param account the provider's name for the account: the same account is the same connection
     * @param settings the settings that the connection has from now on
     */
    record GrantedAccess(TokenRefresher.Tokens tokens, String refreshToken, String account, ObjectNode settings) {

        @Override
        public String toString() {
            return "GrantedAccess[" + account + "]";
        }
    }

    /** Says that the provider gave no access; the message gives the reason and contains no secret. */
    final class GrantFailed extends RuntimeException {

        public GrantFailed(String sentence) {
            super(sentence);
        }
    }
}
