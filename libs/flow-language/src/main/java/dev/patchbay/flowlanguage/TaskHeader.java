package dev.patchbay.flowlanguage;

import dev.patchbay.flowlanguage.expression.Expression;
import dev.patchbay.flowlanguage.expression.Template;
import java.time.Duration;
import java.util.Optional;

/**
 * What every kind of task can say.
 *
 * @param pointer where it stands in the file, such as {@code /do/0/contact}
 * @param condition {@code if}: when it is not true the task is skipped, and its input is its output
 * @param then where the flow goes next
 * @param timeout {@code timeout.after}
 * @param inputFrom turns the previous task's output into this task's input
 * @param outputAs turns what the task returned into its output
 * @param exportAs turns the output into the new {@code $context}
 */
public record TaskHeader(
        String name,
        String pointer,
        Optional<Expression> condition,
        Then then,
        Optional<Duration> timeout,
        Optional<Template> inputFrom,
        Optional<Template> outputAs,
        Optional<Template> exportAs,
        TaskMetadata metadata) {}
