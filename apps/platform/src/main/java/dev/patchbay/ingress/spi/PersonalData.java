package dev.patchbay.ingress.spi;

import dev.patchbay.kernel.TenantScope;
import java.util.Map;
import java.util.Set;

/** Implemented by whoever keeps something of people that events told of, so that it can be erased with them. */
public interface PersonalData {

    /** How much of what is kept of these people is still going on, and would be written anew after an erasure. */
    int underWay(TenantScope scope, Set<String> persons, Set<String> eventIds);

    /**
     * Takes out what is kept of these people, so that nothing that remains tells who they were; in the transaction of the
     * erasure. What was done stays countable: ids of runs, effects and invoices are no personal data.
     *
     * @param persons as {@link Normalised#person}
     * @param eventIds the events that were about them
     * @return what was erased, by a name for people, for example {@code {"runs": 3}}
     */
    Map<String, Integer> erase(TenantScope scope, Set<String> persons, Set<String> eventIds);
}
