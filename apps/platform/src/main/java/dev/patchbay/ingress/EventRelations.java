package dev.patchbay.ingress;

import java.util.Set;

/**
 * The values that a search for related events compares; an empty set matches nothing.
 *
 * @param persons as {@link Event#person}
 * @param subjects as {@link Event#subject}
 * @param correlations as {@link Event#correlation}
 * @param causes as {@link Event.Cause#origin}
 */
public record EventRelations(Set<String> persons, Set<String> subjects, Set<String> correlations, Set<String> causes) {}
