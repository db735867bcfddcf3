package dev.patchbay.prompts.internal;

import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.prompts.format.PromptFile;
import dev.patchbay.prompts.format.PromptFormat;
import dev.patchbay.prompts.format.PromptProblem;
import dev.patchbay.prompts.format.PromptRejected;
import dev.patchbay.prompts.format.PromptValidation;
import java.util.List;

/** Turns what is wrong with a file into problems of the API. */
final class PromptChecks {

    private PromptChecks() {}

    /** @throws Problem {@code 422.prompt_invalid} */
    static PromptFile read(String source) {
        try {
            return PromptFormat.parse(source);
        } catch (PromptRejected rejected) {
            throw invalid(rejected.problems());
        }
    }

    /** @throws Problem {@code 422.prompt_invalid} */
    static PromptFile require(PromptValidation.Report report) {
        List<PromptProblem> errors =
                report.problems().stream().filter(PromptProblem::isError).toList();
        if (!errors.isEmpty()) {
            throw invalid(errors);
        }
        return report.file().orElseThrow();
    }

    private static Problem invalid(List<PromptProblem> problems) {
        return new Problem(ProblemType.PROMPT_INVALID, problems.getFirst().message(), problems);
    }

    static Problem notFound(String sentence) {
        return new Problem(ProblemType.PROMPT_NOT_FOUND, sentence);
    }

    static Problem conflict(String sentence) {
        return new Problem(ProblemType.VERSION_CONFLICT, sentence);
    }
}
