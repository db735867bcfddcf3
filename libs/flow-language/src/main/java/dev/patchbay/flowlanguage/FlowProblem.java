package dev.patchbay.flowlanguage;

import org.jspecify.annotations.Nullable;

/**
 * One problem of a flow file, an error or a warning.
 *
 * @param path JSON pointer (RFC 6901) to the value, empty for the whole file
 * @param line counted from 1
 * @param code stable and machine-readable, such as {@code unknown_keyword}; docs/flow-language.md lists all
 * @param message one sentence for the flow's author
 * @param hint how to correct it, in one sentence; null where the message says all
 */
public record FlowProblem(
        String path,
        int line,
        String code,
        String message,
        @Nullable String hint) {

    /** For people: {@code /do/0/contact/cal line 7 "…"}. */
    @Override
    public String toString() {
        String text = hint == null ? message : message + " " + hint;
        return "%s line %d \"%s\"".formatted(path.isEmpty() ? "/" : path, line, text);
    }
}
