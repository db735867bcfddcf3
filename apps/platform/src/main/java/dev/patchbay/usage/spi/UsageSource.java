package dev.patchbay.usage.spi;

import dev.patchbay.connections.Account;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Lists what a provider charges for: calls, messages, generations. Schedule, cursors and storage belong to usage. The same
 * subject may be listed any number of times; a statement that changed becomes a new revision.
 */
public interface UsageSource {

    /** The provider it serves. */
    String provider();

    /** Whether usage can be collected from this account. */
    default boolean canCollect(Account account) {
        return true;
    }

    /**
     * One page of what began within the window, oldest first.
     *
     * @param account with a token that is valid for a minute or more
     * @param cursor the cursor of the page before, in the adapter's own format; empty for the first page
     * @throws Unavailable when the provider did not answer as it should: the same page is read again later
     */
    Page read(Account account, Window window, Optional<String> cursor);

    /**
     * Whether the provider still has this subject, by a request for it alone; asked when a page did not list it.
     *
     * @throws Unavailable when the provider did not answer as it should
     */
    default boolean exists(Account account, String subject) {
        return true;
    }

    /** From the first moment up to and without the last. */
    record Window(Instant from, Instant to) {}

    /**
     * @param pending subjects whose cost is not known yet: they are listed again later
     * @param cursor where the next page begins
     * @param more whether there is a next page
     * @param listedUpTo everything that began before it was listed by this page or an earlier one; empty where a missing entry
     *     proves nothing
     */
    record Page(
            List<UsageStatement> statements,
            List<RejectedStatement> rejected,
            Set<String> pending,
            String cursor,
            boolean more,
            Optional<Instant> listedUpTo) {}

    /** Usage cannot be collected now. */
    class Unavailable extends RuntimeException {
        public Unavailable(String sentence) {
            super(sentence);
        }
    }
}
