package dev.patchbay.ingress.spi;

import dev.patchbay.connections.Account;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Asks a vendor what it did not tell us, or lost on the way. Schedule, cursors and storing belong to ingress; what is
 * read goes through the same front door as webhooks and is told apart from what is known by the same keys.
 */
public interface PollSource {

    /** The provider it serves. */
    String provider();

    /** What can be read, for example {@code calls}; each has a cursor of its own. */
    Set<String> streams();

    /** Whether this account can be asked at all; an app's account, for example, may only receive webhooks. */
    default boolean reads(Account account) {
        return true;
    }

    /**
     * The connection whose webhooks tell the same facts, where it is another than the one that asks: they are the same
     * facts only within one connection.
     */
    default String webhooksThrough(Account account) {
        return account.connectionId().value();
    }

    /**
     * Types of events whose subjects the stream lists without exception: one that we were told of and that is not listed
     * is looked at. Empty where nothing can be concluded from a list.
     */
    default Set<String> exhaustive(String stream) {
        return Set.of();
    }

    /**
     * Whether the vendor knows this subject when asked about it alone.
     *
     * @throws Unavailable when the vendor did not answer as it should
     */
    default boolean knows(Account account, String stream, String subject) {
        return true;
    }

    /**
     * One page of what happened since the cursor, oldest first.
     *
     * @param account ready for use: a token that is good for a minute or more
     * @param cursor where the page before ended, in the vendor's or the adapter's own words; empty at the very first
     * @param from facts before it need not be read; used where there is no cursor yet
     * @throws Unavailable when the vendor did not answer as it should: the same page is asked for again later
     */
    Page read(Account account, String stream, Optional<String> cursor, Instant from);

    /**
     * @param cursor where the next page begins; kept also when this was the last
     * @param more whether to ask again at once
     */
    record Page(List<Found> found, String cursor, boolean more) {}

    /** @param body the vendor's record it was read from, kept as a webhook's raw body is */
    record Found(Normalised fact, byte[] body) {}

    /** The vendor could not be read just now. */
    class Unavailable extends RuntimeException {
        public Unavailable(String sentence) {
            super(sentence);
        }
    }
}
