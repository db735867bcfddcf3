package dev.patchbay.prompts.merge;

import java.util.List;

/**
 * A section of a Markdown text: an ATX heading and what follows it.
 *
 * @param key the heading path in lower case, {@code parent/name}; a second one of a name is {@code name#2}; empty before the first
 *     heading
 * @param lines without their line ends, without blank lines at the end
 * @param layout what follows the last line as it stands in the text: its line end and blank lines
 */
record Section(String key, List<String> lines, String layout) {

    /** Whether the lines are equal up to blanks at their ends. */
    boolean hasSameLines(Section other) {
        return LineMerge.areEqual(lines, other.lines);
    }

    String text() {
        return String.join("\n", lines);
    }
}
