package dev.patchbay.ingress.spi;

import dev.patchbay.connections.Account;
import dev.patchbay.kernel.ConnectionId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Polls a provider for facts whose webhooks never arrived. Schedule, cursors and storage belong to ingress. Polled facts are
 * ingested as webhooks are, and deduplicated by the same keys.
 */
public interface PollSource {

    /** Returns the provider that this source serves. */
    String provider();

    /** Returns the streams of this provider, for example {@code calls}; each has a cursor of its own. */
    Set<String> streams();

    /** Says whether this account can be polled; an app's account, for example, may only receive webhooks. */
    default boolean canPoll(Account account) {
        return true;
    }

    /**
     * Returns the connection that receives the webhooks for the same facts, where it is not the polled one. Facts are
     * deduplicated within one connection.
     */
    default ConnectionId webhookConnection(Account account) {
        return account.connectionId();
    }

    /**
     * Returns the types of events whose subjects the stream lists without exception. A subject that a webhook reported and that
     * the stream does not list is verified by {@link #exists}. Returns none where a missing entry proves nothing.
     */
    default Set<String> exhaustivelyListedTypes(String stream) {
        return Set.of();
    }

    /**
     * Says whether the provider knows this subject, by a request for it alone.
     *
     * @throws Unavailable when the provider did not answer as it should
     */
    default boolean exists(Account account, String stream, String subject) {
        return true;
    }

    /**
     * Reads one page of the facts since the cursor, oldest first.
     *
     * @param account the account, with a token that is valid for a minute or more
     * @param cursor the cursor of the page before, in the adapter's own format; empty at the first poll
     * @param from the earliest facts to read where there is no cursor yet
     * @throws Unavailable when the provider did not answer as it should; the same page is read again later
     */
    Page read(Account account, String stream, Optional<String> cursor, Instant from);

    /**
     * @param cursor the start of the next page; it is stored after the last page too
     * @param more whether the next page can be read at once
     */
    record Page(List<Found> found, String cursor, boolean more) {}

    /** @param body the provider's record, stored as a webhook's raw body is */
    record Found(Normalised fact, byte[] body) {}

    /** Says that the provider cannot be polled now. */
    class Unavailable extends RuntimeException {
        public Unavailable(String sentence) {
            super(sentence);
        }
    }
}
