package dev.patchbay.prompts.merge;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/**
 * A heading that is inserted above others changes their paths. A section of the base that is missing on a side, and stands there
 * under another path with its name, keeps its path in the base; otherwise the merge would hold it twice. Of several such, it is
 * the one with most of its lines.
 */
final class MovedSections {

    private MovedSections() {}

    /** The side's sections; those that moved have their keys in the base. */
    static SequencedMap<String, Section> align(SequencedMap<String, Section> base, SequencedMap<String, Section> side) {
        SequencedMap<String, String> baseKeys = new LinkedHashMap<>();
        for (Section section : base.values()) {
            if (!side.containsKey(section.key())) {
                find(section, side, base.keySet(), baseKeys.keySet())
                        .ifPresent(moved -> baseKeys.put(moved, section.key()));
            }
        }
        return baseKeys.isEmpty() ? side : rename(side, baseKeys);
    }

    private static Optional<String> find(
            Section section, SequencedMap<String, Section> side, Set<String> inBase, Set<String> used) {
        return side.values().stream()
                .filter(candidate -> !inBase.contains(candidate.key()) && !used.contains(candidate.key()))
                .filter(candidate -> name(candidate).equals(name(section)))
                .max(Comparator.comparingInt(candidate -> countShared(candidate, section)))
                .map(Section::key);
    }

    private static String name(Section section) {
        return section.lines().isEmpty()
                ? ""
                : MarkdownSections.name(section.lines().getFirst());
    }

    /** How many lines under the heading they share. */
    private static int countShared(Section one, Section other) {
        Set<String> lines = new HashSet<>(body(one));
        List<String> shared = new ArrayList<>(body(other));
        shared.retainAll(lines);
        return (int) shared.stream().filter(line -> !line.isBlank()).count();
    }

    private static List<String> body(Section section) {
        return section.lines()
                .subList(Math.min(1, section.lines().size()), section.lines().size());
    }

    private static SequencedMap<String, Section> rename(
            SequencedMap<String, Section> sections, SequencedMap<String, String> keys) {
        SequencedMap<String, Section> renamed = new LinkedHashMap<>();
        for (Section section : sections.values()) {
            String key = keys.getOrDefault(section.key(), section.key());
            renamed.put(key, new Section(key, section.lines(), section.layout()));
        }
        return renamed;
    }
}
