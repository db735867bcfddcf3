package dev.patchbay.flowlanguage;

import dev.patchbay.flowlanguage.expression.Expression;
import java.util.List;
import java.util.Optional;

/**
 * How a {@code try} handles an error: which ones, under which variable, how often it tries again, and what runs when it gives up.
 * An error must pass the filter, {@code when} must be true where it is given and {@code exceptWhen} must not be.
 *
 * @param errors which errors are handled; an empty filter handles all
 * @param as the name, without dollar sign, of the variable that holds the caught one here ("error" unless the file says otherwise)
 * @param tasks what runs once retries are exhausted; may be empty, then the error is swallowed
 */
public record Catch(
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
