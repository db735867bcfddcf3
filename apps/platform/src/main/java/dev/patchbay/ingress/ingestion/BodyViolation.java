package dev.patchbay.ingress.ingestion;

import dev.patchbay.ingress.spi.Normaliser;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import java.util.List;
import tools.jackson.core.JacksonException;

/**
 * One thing wrong with the body of a webhook.
 *
 * @param path JSON pointer: into the provider's body, or under {@code /data} into the event's data
 */
public record BodyViolation(String path, String message) {

    /** {@code 400.schema_violation}, with every violation. */
    static Problem problem(String sentence, List<BodyViolation> violations) {
        BodyViolation first = violations.getFirst();
        return new Problem(
                ProblemType.SCHEMA_VIOLATION, sentence + " at " + first.path() + ": " + first.message(), violations);
    }

    /** {@code 400.schema_violation} for a body that is not JSON. */
    public static Problem notJson(JacksonException cause) {
        return problem(
                "The body is not JSON", List.of(new BodyViolation("", String.valueOf(cause.getOriginalMessage()))));
    }

    /** {@code 400.schema_violation} for a body without a member that Patchbay relies on. */
    public static Problem unreadable(Normaliser.Unreadable cause) {
        return problem(
                "The body cannot be read",
                List.of(new BodyViolation(cause.pointer(), String.valueOf(cause.getMessage()))));
    }
}
