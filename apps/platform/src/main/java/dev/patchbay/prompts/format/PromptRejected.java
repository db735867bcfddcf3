package dev.patchbay.prompts.format;

import java.util.List;

/** The text is no prompt file; each problem says why. */
public final class PromptRejected extends RuntimeException {

    private final transient List<PromptProblem> problems;

    PromptRejected(List<PromptProblem> problems) {
        super(problems.getFirst().message());
        this.problems = List.copyOf(problems);
    }

    PromptRejected(PromptProblem problem) {
        this(List.of(problem));
    }

    public List<PromptProblem> problems() {
        return problems;
    }
}
