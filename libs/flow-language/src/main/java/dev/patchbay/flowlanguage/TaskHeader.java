package dev.patchbay.flowlanguage;

import dev.patchbay.flowlanguage.expression.Expression;
import dev.patchbay.flowlanguage.expression.Template;
import java.time.Duration;
import java.util.Optional;

/**
 * The members that every kind of task can have.
 *
 * @param name unique in the whole flow
 * @param pointer JSON pointer to the task, such as {@code /do/0/contact}
 * @param condition {@code if}: unless it yields true, the task is skipped and its output is its input
 * @param then the task that follows
 * @param timeout {@code timeout.after}
 * @param inputFrom {@code input.from}: computes this task's input from the previous task's output
 * @param outputAs {@code output.as}: computes the task's output from its result
 * @param exportAs {@code export.as}: computes the new {@code $context} from the output
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
