package dev.patchbay.prompts.format;

import org.jspecify.annotations.Nullable;

/**
 * Something wrong in a prompt file.
 *
 * @param part {@code general}, {@code state/book}, {@code node/intent}; empty for the front matter
 * @param path JSON pointer in the front matter; empty in a part
 * @param line of the file, from 1
 * @param code stable, for example {@code unknown_variable}; docs/prompts.md lists them
 * @param message one sentence for the prompt's author
 * @param hint what to do; null when the message says it
 * @param severity errors refuse a release
 */
public record PromptProblem(
        String part,
        String path,
        int line,
        String code,
        String message,
        @Nullable String hint,
        Severity severity) {

    /** Whether the problem refuses a release. */
    public enum Severity {
        ERROR,
        WARNING
    }

    static PromptProblem error(String part, String path, int line, String code, String message) {
        return new PromptProblem(part, path, line, code, message, null, Severity.ERROR);
    }

    static PromptProblem warning(String part, String path, int line, String code, String message) {
        return new PromptProblem(part, path, line, code, message, null, Severity.WARNING);
    }

    PromptProblem withHint(String advice) {
        return new PromptProblem(part, path, line, code, message, advice, severity);
    }

    public boolean isError() {
        return severity == Severity.ERROR;
    }
}
