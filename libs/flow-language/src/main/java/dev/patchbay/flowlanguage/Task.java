package dev.patchbay.flowlanguage;

import dev.patchbay.flowlanguage.expression.Expression;
import dev.patchbay.flowlanguage.expression.Template;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A task: one named step of a flow. */
public sealed interface Task {

    TaskHeader header();

    /** Unique in the whole flow. */
    default String name() {
        return header().name();
    }

    /** Calls a function of a port, such as {@code crm.upsertContact}. */
    record CallTask(TaskHeader header, String function, Template with) implements Task {}

    /** Runs its tasks in sequence. */
    record DoTask(TaskHeader header, List<Task> tasks) implements Task {
        public DoTask {
            tasks = List.copyOf(tasks);
        }
    }

    /** Computes its output from a template. */
    record SetTask(TaskHeader header, Template value) implements Task {}

    /** Branches to the target of the first matching case; when none matches, to {@link TaskHeader#then()}. */
    record SwitchTask(TaskHeader header, List<Case> cases) implements Task {
        public SwitchTask {
            cases = List.copyOf(cases);
        }

        /** A case without a condition always matches. */
        public record Case(String name, Optional<Expression> when, Then then) {}
    }

    /** Waits; a run that waits survives a restart. */
    record WaitTask(TaskHeader header, Duration duration) implements Task {}

    /** Waits until the moment that the template yields: a text as people write times, or a number of seconds since 1970. */
    record WaitUntilTask(TaskHeader header, Template until) implements Task {}

    /** Fails with the error that the template yields: {@code {type, status, title?, detail?, instance?}} (RFC 9457). */
    record RaiseTask(TaskHeader header, Template error) implements Task {}

    /** Runs its tasks and handles their errors. */
    record TryTask(TaskHeader header, List<Task> tasks, Catch handler) implements Task {
        public TryTask {
            tasks = List.copyOf(tasks);
        }
    }

    /**
     * How a {@code try} handles an error. It handles an error that matches the filter, for which {@code when} (if present) is true and
     * {@code exceptWhen} (if present) is not.
     *
     * @param errors the filter; an empty one matches every error
     * @param as the name, without dollar sign, of the variable that holds the error; "error" unless the file names another
     * @param retry when and how often the {@code try} runs again
     * @param tasks run once the retries are exhausted; when empty, the error is swallowed
     */
    record Catch(
            ErrorFilter errors,
            String as,
            Optional<Expression> when,
            Optional<Expression> exceptWhen,
            Optional<RetryPolicy> retry,
            List<Task> tasks) {

        public Catch {
            tasks = List.copyOf(tasks);
        }
    }
}
