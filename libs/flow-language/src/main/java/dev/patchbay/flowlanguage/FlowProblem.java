package dev.patchbay.flowlanguage;

import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with a flow file.
 *
 * @param path a JSON pointer to the place, empty for the whole file
 * @param line counted from 1
 * @param code stable, for machines, such as {@code unknown_keyword}
 * @param message one plain sentence
 * @param hint what would probably be right
 */
public record FlowProblem(
        String path,
        int line,
        String code,
        String message,
        @Nullable String hint) {

    /** As people read it: {@code /do/0/contact/cal line 7 "…"}. */
    @Override
    public String toString() {
        String text = hint == null ? message : message + " " + hint;
        return "%s line %d \"%s\"".formatted(path.isEmpty() ? "/" : path, line, text);
    }
}
