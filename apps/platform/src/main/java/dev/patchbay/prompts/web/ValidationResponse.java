package dev.patchbay.prompts.web;

import dev.patchbay.prompts.format.PromptProblem;
import dev.patchbay.prompts.format.PromptValidation;
import dev.patchbay.prompts.format.TokenCounter;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The findings of a check of a prompt.
 *
 * @param valid whether a release is possible
 * @param tokens null when the text is no prompt file
 * @param surcharge null when the text is no prompt file
 * @param rendered the parts with their variables filled in
 */
record ValidationResponse(
        boolean valid,
        List<PromptProblem> problems,
        @Nullable TokensResponse tokens,
        @Nullable SurchargeResponse surcharge,
        Map<String, String> rendered) {

    /** Tokens a request; {@code spoken} is assumed until calls were measured. */
    record TokensResponse(int staticTokens, int spoken, int total, boolean estimated) {}

    /** @param perMinute in parts of the model's price a minute: 0.5 is half as much again */
    record SurchargeResponse(BigDecimal perMinute, String basis) {}

    static ValidationResponse of(PromptValidation.Report report) {
        return new ValidationResponse(
                report.isValid(),
                report.problems(),
                report.tokens()
                        .map(it -> new TokensResponse(it.staticTokens(), it.spoken(), it.total(), it.estimated()))
                        .orElse(null),
                report.tokens()
                        .map(TokenCounter.Tokens::surchargeFactor)
                        .map(factor -> new SurchargeResponse(factor, "assumed"))
                        .orElse(null),
                report.rendered().map(it -> it.parts()).orElse(Map.of()));
    }
}
