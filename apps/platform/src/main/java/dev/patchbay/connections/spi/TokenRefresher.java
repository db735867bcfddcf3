package dev.patchbay.connections.spi;

import dev.patchbay.connections.Account;
import java.time.Instant;
import java.util.Optional;

/** Refreshes access tokens of an OAuth provider (RFC 6749, section 6). At most one call runs at a time for a connection. */
public interface TokenRefresher {

    /** The provider's name, for example {@code google}. */
    String provider();

    /**
     * Requests a new access token. The account's secrets contain {@code refresh_token}, {@code client_id} and
     * {@code client_secret}.
     *
     * @param unansweredSince when an earlier refresh was sent whose response never arrived: the provider may have used up the
     *     refresh token then
     * @throws RefreshRefused when the provider no longer accepts the grant: a person has to reconnect the account
     * @throws RefreshUnavailable when the provider could not be asked: a later attempt may succeed
     */
    Tokens refresh(Account account, Optional<Instant> unansweredSince);

    /**
     * @param refreshToken the successor, where the provider rotates refresh tokens; empty keeps the present one
     */
    record Tokens(String accessToken, Optional<String> refreshToken, Instant expiresAt) {

        @Override
        public String toString() {
            return "Tokens[until " + expiresAt + "]";
        }
    }

    /** The grant was withdrawn, or its refresh token is used up. */
    class RefreshRefused extends RuntimeException {

        public RefreshRefused(String sentence) {
            super(sentence);
        }
    }

    /** The provider could not be asked just now. */
    class RefreshUnavailable extends RuntimeException {

        private final boolean mayHaveRefreshed;

        /** The provider refreshed nothing. */
        public RefreshUnavailable(String sentence) {
            this(sentence, false);
        }

        /** @param mayHaveRefreshed whether the provider may have refreshed the token, and only its response is missing */
        public RefreshUnavailable(String sentence, boolean mayHaveRefreshed) {
            super(sentence);
            this.mayHaveRefreshed = mayHaveRefreshed;
        }

        public boolean mayHaveRefreshed() {
            return mayHaveRefreshed;
        }
    }
}
