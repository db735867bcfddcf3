package dev.patchbay.prompts.merge;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The order of keyed things (sections, array elements) after a merge. The side that moved things decides; when neither or both
 * did, the local side. A thing that only the other side has goes behind the one it follows there, and behind what that side
 * lacks.
 */
final class SectionOrder {

    private final List<String> base;
    private final List<String> template;
    private final List<String> local;

    SectionOrder(Collection<String> base, Collection<String> template, Collection<String> local) {
        this.base = shared(base, template, local);
        this.template = List.copyOf(template);
        this.local = List.copyOf(local);
    }

    /** Whether both sides moved things, differently. */
    boolean isContested() {
        var there = shared(template, base, local);
        var here = shared(local, base, template);
        return !there.equals(base) && !here.equals(base) && !there.equals(here);
    }

    /** Sections that both sides and the base have, in the base's order. */
    List<String> baseOrder() {
        return base;
    }

    List<String> templateOrder() {
        return shared(template, base, local);
    }

    List<String> localOrder() {
        return shared(local, base, template);
    }

    /** All keys of both sides, ordered. */
    List<String> merge(boolean contestGoesToTemplate) {
        boolean onlyTemplateMoved =
                localOrder().equals(base) && !templateOrder().equals(base);
        return onlyTemplateMoved || (isContested() && contestGoesToTemplate)
                ? insert(template, local)
                : insert(local, template);
    }

    private static List<String> insert(List<String> primary, List<String> secondary) {
        List<String> merged = new ArrayList<>(primary);
        Set<String> placed = new HashSet<>(primary);
        Set<String> inSecondary = new HashSet<>(secondary);
        for (int i = 0; i < secondary.size(); i++) {
            String key = secondary.get(i);
            if (placed.add(key)) {
                int at = i == 0 ? 0 : merged.indexOf(secondary.get(i - 1)) + 1;
                // Text before the first heading can stand nowhere else.
                while (!key.isEmpty() && at < merged.size() && !inSecondary.contains(merged.get(at))) {
                    at++;
                }
                merged.add(at, key);
            }
        }
        return merged;
    }

    private static List<String> shared(Collection<String> ordered, Collection<String> one, Collection<String> other) {
        Set<String> kept = new HashSet<>(one);
        kept.retainAll(new HashSet<>(other));
        return ordered.stream().filter(kept::contains).toList();
    }
}
