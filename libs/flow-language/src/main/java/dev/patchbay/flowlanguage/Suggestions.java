package dev.patchbay.flowlanguage;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Guesses which word was meant. */
final class Suggestions {

    private Suggestions() {}

    /** “Did you mean “x”?” for the nearest known word, null when none is near. */
    static @Nullable String didYouMean(String word, Collection<String> candidates) {
        Optional<String> nearest = candidates.stream()
                .sorted()
                .min(Comparator.comparingInt(candidate -> distance(word, candidate)))
                .filter(candidate -> distance(word, candidate) <= Math.max(1, word.length() / 3));
        return nearest.map("Did you mean “%s”?"::formatted).orElse(null);
    }

    /** As {@link #didYouMean}, and where no word is near, which there are. */
    static @Nullable String choice(String word, Collection<String> candidates) {
        String near = didYouMean(word, candidates);
        return near != null || candidates.isEmpty() ? near : "There is " + String.join(", ", new TreeSet<>(candidates)) + ".";
    }

    /** Edits that turn one word into the other, case aside: a letter more, less, other, or two exchanged (optimal string alignment). */
    private static int distance(String left, String right) {
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
