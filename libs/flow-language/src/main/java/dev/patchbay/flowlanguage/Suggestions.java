package dev.patchbay.flowlanguage;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Suggests a correction for a misspelt word. */
final class Suggestions {

    private Suggestions() {}

    /** “Did you mean “x”?” with the candidate nearest to the word; null when none is near. */
    static @Nullable String didYouMean(String word, Collection<String> candidates) {
        Optional<String> nearest = candidates.stream()
                .sorted()
                .min(Comparator.comparingInt(candidate -> editDistance(word, candidate)))
                .filter(candidate -> editDistance(word, candidate) <= Math.max(1, word.length() / 3));
        return nearest.map("Did you mean “%s”?"::formatted).orElse(null);
    }

    /**
     * As {@link #didYouMean}; where no candidate is near, lists all of them.
     *
     * @param lead begins the list, such as “It accepts”
     */
    static @Nullable String didYouMeanOrList(String word, Collection<String> candidates, String lead) {
        String near = didYouMean(word, candidates);
        return near != null || candidates.isEmpty()
                ? near
                : "%s %s.".formatted(lead, String.join(", ", new TreeSet<>(candidates)));
    }

    /** Optimal string alignment distance, ignoring case: insertions, deletions, substitutions and transpositions of neighbours. */
    private static int editDistance(String left, String right) {
        String from = left.toLowerCase(Locale.ROOT);
        String to = right.toLowerCase(Locale.ROOT);
        int[][] edits = new int[from.length() + 1][to.length() + 1];
        for (int row = 0; row <= from.length(); row++) {
            for (int column = 0; column <= to.length(); column++) {
                edits[row][column] = row == 0 || column == 0 ? row + column : minEdits(from, to, row, column, edits);
            }
        }
        return edits[from.length()][to.length()];
    }

    private static int minEdits(String from, String to, int row, int column, int[][] edits) {
        boolean same = from.charAt(row - 1) == to.charAt(column - 1);
        int minimum = Math.min(
                edits[row - 1][column - 1] + (same ? 0 : 1),
                1 + Math.min(edits[row - 1][column], edits[row][column - 1]));
        boolean transposed = row > 1
                && column > 1
                && from.charAt(row - 1) == to.charAt(column - 2)
                && from.charAt(row - 2) == to.charAt(column - 1);
        return transposed ? Math.min(minimum, edits[row - 2][column - 2] + 1) : minimum;
    }
}
