package dev.patchbay.ingress.spi;

import dev.patchbay.kernel.EventId;
import dev.patchbay.kernel.TenantScope;
import java.util.Map;
import java.util.Set;

/** Implemented by a context that holds personal data which came from events, so that it is erased with them. */
public interface PersonalData {

    /** The number of unfinished things of these persons: they would write personal data again after an erasure. */
    int countUnfinished(TenantScope scope, Set<String> persons, Set<EventId> eventIds);

    /**
     * Erases the personal data of these persons, so that nothing that remains identifies them; in the transaction of the
     * erasure. Ids of runs, effects and invoices are no personal data: they stay, and so does every count.
     *
     * @param persons as {@link Normalised#person}
     * @param eventIds the events that were about them
     * @return the numbers of what was erased, by a plural that people read, for example {@code {"runs": 3}}
     */
    Map<String, Integer> erase(TenantScope scope, Set<String> persons, Set<EventId> eventIds);
}
