package dev.patchbay.connections.spi;

import dev.patchbay.connections.Account;
import java.time.Instant;
import java.util.Optional;

/** Renews the access token of a provider that speaks OAuth. Called by one caller at a time for a connection. */
public interface TokenRefresher {

    /** The provider it serves, for example {@code google}. */
    String provider();

    /**
     * Asks the provider for a new access token. The account's secrets hold {@code refresh_token},
     * {@code client_id} and {@code client_secret}.
     *
     * @param lost when this was asked before without an answer that we know: the provider may have taken the refresh token then
     * @throws RefreshRefused when the provider says the grant is no longer good: a person has to connect again
     * @throws RefreshUnavailable when the provider could not be asked: try again later
     */
    Tokens refresh(Account account, Optional<Instant> unansweredSince);

    /**
     * @param refreshToken the successor, where the provider rotates them; empty keeps the old one
     */
    record Tokens(String accessToken, Optional<String> refreshToken, Instant expiresAt) {

        @Override
        public String toString() {
            return "Tokens[until " + expiresAt + "]";
        }
    }

    /** The grant was withdrawn or used up. */
    class RefreshRefused extends RuntimeException {
        public RefreshRefused(String sentence) {
            super(sentence);
        }
    }

    /** The provider could not be asked just now. */
    class RefreshUnavailable extends RuntimeException {

        private final boolean mayHaveRefreshed;

        /** The provider renewed nothing. */
        public RefreshUnavailable(String sentence) {
            this(sentence, false);
        }

        /** @param lost whether the provider may have renewed the token, and only its answer is missing */
        public RefreshUnavailable(String sentence, boolean lost) {
            super(sentence);
            this.mayHaveRefreshed = lost;
        }

        public boolean mayHaveRefreshed() {
            return mayHaveRefreshed;
        }
    }
}
