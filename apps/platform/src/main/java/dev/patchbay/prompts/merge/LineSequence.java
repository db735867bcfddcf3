package dev.patchbay.prompts.merge;

import java.util.List;
import org.eclipse.jgit.diff.Sequence;
import org.eclipse.jgit.diff.SequenceComparator;

/** Lines for JGit's diff. JGit's own text works on bytes, which not every Java string survives. */
final class LineSequence extends Sequence {

    /** Lines are equal that differ only in blanks at their end. */
    static final SequenceComparator<LineSequence> COMPARATOR = new SequenceComparator<>() {
        @Override
        public boolean equals(LineSequence a, int ai, LineSequence b, int bi) {
            return a.comparable(ai).equals(b.comparable(bi));
        }

        @Override
        public int hash(LineSequence sequence, int line) {
            return sequence.comparable(line).hashCode();
        }
    };

    private final List<String> lines;
    private final List<String> comparable;

    LineSequence(List<String> lines) {
        this.lines = lines;
        this.comparable =
                lines.stream().map(LineSequence::withoutTrailingBlanks).toList();
    }

    @Override
    public int size() {
        return lines.size();
    }

    List<String> lines(int begin, int end) {
        return lines.subList(begin, end);
    }

    private String comparable(int line) {
        return comparable.get(line);
    }

    static String withoutTrailingBlanks(String line) {
        int end = line.length();
        while (end > 0 && isBlank(line.charAt(end - 1))) {
            end--;
        }
        return line.substring(0, end);
    }

    private static boolean isBlank(char character) {
        return character == ' ' || character == '\t' || character == '\r';
    }
}
