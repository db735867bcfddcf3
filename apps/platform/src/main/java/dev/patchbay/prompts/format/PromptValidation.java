package dev.patchbay.prompts.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Checks a text as a release would. */
public final class PromptValidation {

    private static final int MAX_PROBLEMS = 200;

    private PromptValidation() {}

    /**
     * The findings.
     *
     * @param file empty when the text is no prompt file
     * @param rendered empty when the text is no prompt file
     * @param tokens empty when the text is no prompt file
     */
    public record Report(
            List<PromptProblem> problems,
            Optional<PromptFile> file,
            Optional<Rendered> rendered,
            Optional<TokenCounter.Tokens> tokens) {

        /** Whether a release is possible. */
        public boolean isValid() {
            return problems.stream().noneMatch(PromptProblem::isError);
        }
    }

    /** Checks the text with these values; all problems are named, up to 200. */
    public static Report validate(String text, Map<String, JsonNode> values) {
        return check(text, values, true);
    }

    /** As {@link #validate}, for a template: its variables have no values yet. */
    public static Report validateTemplate(String text) {
        return check(text, Map.of(), false);
    }

    private static Report check(String text, Map<String, JsonNode> values, boolean isForClient) {
        PromptFile file;
        try {
            file = PromptFormat.parse(text);
        } catch (PromptRejected rejected) {
            return new Report(rejected.problems(), Optional.empty(), Optional.empty(), Optional.empty());
        }
        Rendered rendered = PromptRenderer.render(file, values);
        List<PromptProblem> problems = new ArrayList<>(rendered.problems());
        if (!isForClient) {
            problems.removeIf(problem -> problem.code().equals("unresolved"));
        }
        problems.addAll(PromptRules.check(file, rendered));
        TokenCounter.Tokens tokens = TokenCounter.count(file.engine(), rendered.engine());
        if (tokens.total() > TokenCounter.FREE_TOKENS) {
            problems.add(PromptProblem.warning(
                    PromptFile.GENERAL,
                    "",
                    file.line(PromptFile.GENERAL),
                    "long",
                    "About " + tokens.total() + " tokens a request; above " + TokenCounter.FREE_TOKENS
                            + " the model costs more a minute."));
        }
        return new Report(
                problems.subList(0, Math.min(problems.size(), MAX_PROBLEMS)),
                Optional.of(file),
                Optional.of(rendered),
                Optional.of(tokens));
    }
}
