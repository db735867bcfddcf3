package dev.patchbay.insights.internal;

import dev.patchbay.kernel.PhoneNumber;
import java.util.Set;

/**
 * The keys of a search in the histories of runs and live calls, as people write them. A text that is no id matches nothing. Empty
 * sets match nothing.
 *
 * @param callIds the voice provider's ids
 * @param providerIds providers' ids of what effects created: a contact, an appointment, a text
 */
record SearchKeys(Set<PhoneNumber> phones, Set<String> runIds, Set<String> callIds, Set<String> providerIds) {}
